package dev.windrow.cli;

import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.runtime.RunRequest;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a job on this machine. */
@Command(name = "run", description = "Runs a job on this machine.")
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE")
    Path file = Path.of("job.yml");

    @Option(names = {"-n", "--name"})
    @Nullable String name;

    @Override
    public Integer call() throws IOException {
        LoadedJob loaded = JobReader.read(file, ReadOptions.plain());
        String home =
                System.getenv()
                        .getOrDefault(
                                "WINDROW_HOME", System.getProperty("user.home") + "/.windrow");
        Assembly assembly = new Assembly(Path.of(home), InstantSource.system());
        String job = name == null ? "job-" + System.nanoTime() : name;
        PreparedRun run =
                assembly.prepare(
                        new RunRequest(job, loaded, Optional.empty(), OptionalInt.empty()));
        try (JobSession session = assembly.open(run)) {
            JobProgress end = session.run(LoopListener.NONE);
            System.out.println(end);
            System.out.println(run.outputs());
            return end.status().terminal() ? 0 : 1;
        }
    }
}
