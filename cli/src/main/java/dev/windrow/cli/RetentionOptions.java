package dev.windrow.cli;

import dev.windrow.runtime.host.Retention;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Model.OptionSpec;

/** How long a server keeps what is not needed any more. */
final class RetentionOptions {

    private static final long GIB = 1L << 30;

    private final OptionSpec jobs =
            Args.whole(
                    "DAYS",
                    "remove jobs with their logs so many days after their end, but not their"
                            + " outputs (default: never)",
                    "--keep-jobs");
    private final OptionSpec uploads =
            Args.whole(
                    "DAYS",
                    "remove uploads that no job has needed for so many days (default "
                            + Retention.DEFAULT.uploads().toDays()
                            + ")",
                    "--keep-uploads");
    private final OptionSpec most =
            Args.whole(
                    "GIB",
                    "keep at most so many GiB of uploads for each workspace (default "
                            + Retention.DEFAULT.uploadBytes() / GIB
                            + ")",
                    "--max-uploads");

    List<OptionSpec> all() {
        return List.of(jobs, uploads, most);
    }

    Retention retention() {
        OptionalInt days = Args.whole(jobs);
        return new Retention(
                days.isPresent()
                        ? java.util.Optional.of(Duration.ofDays(days.getAsInt()))
                        : java.util.Optional.empty(),
                Args.whole(uploads).isPresent()
                        ? Duration.ofDays(Args.whole(uploads).getAsInt())
                        : Retention.DEFAULT.uploads(),
                Args.whole(most).isPresent()
                        ? Args.whole(most).getAsInt() * GIB
                        : Retention.DEFAULT.uploadBytes());
    }
}
