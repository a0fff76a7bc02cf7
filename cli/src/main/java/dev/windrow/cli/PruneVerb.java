package dev.windrow.cli;

import dev.windrow.cli.view.Words;
import dev.windrow.engine.error.EngineException;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.JobEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Removes the folders of jobs that ended some time ago; outputs stay where they are. */
final class PruneVerb implements Verb {

    private static final Duration DEFAULT_AGE = Duration.ofDays(7);
    private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhdw])");

    private final OptionSpec olderThan =
            Args.valued(
                            Duration.class,
                            "AGE",
                            "ended at least that long ago: 30m, 12h, 7d, 2w (default 7d)",
                            "--older-than")
                    .converters(PruneVerb::age)
                    .build();
    private final OptionSpec dryRun = Args.flag("only say what would be removed", "--dry-run");

    @Override
    public Page describe() {
        return Page.of(
                        "Removes the folders - ledger, logs, code - of jobs that have ended."
                                + " Outputs stay. Jobs that can go on, and those that a process"
                                + " runs now, are never touched; failed and canceled ones cannot be"
                                + " resumed any more once they are removed.")
                .options("What to remove", olderThan, dryRun)
                .examples("windrow prune --older-than 2w --dry-run");
    }

    @Override
    public int run(Shell shell) {
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        Duration asked = olderThan.getValue();
        Duration age = asked == null ? DEFAULT_AGE : asked;
        boolean dry = Args.given(dryRun);
        if (!dry) {
            catalog.sweep();
        }
        Instant limit = shell.clock().instant().minus(age);
        List<List<String>> rows = new ArrayList<>();
        long bytes = 0;
        for (JobEntry job : catalog.list()) {
            if (isOld(job, limit)) {
                bytes += prune(catalog, job, dry, rows);
            }
        }
        if (!rows.isEmpty()) {
            shell.out(Columns.of(rows));
        }
        shell.out(
                List.of(
                        "%s %s, %s"
                                .formatted(
                                        dry ? "would remove" : "removed",
                                        Words.count(rows.size(), "job", "jobs"),
                                        Words.bytes(bytes))));
        return ExitCode.COMPLETED;
    }

    private static boolean isOld(JobEntry job, Instant limit) {
        return job.row().status().terminal()
                && job.owner().isEmpty()
                && !job.row().endedAt().orElse(Instant.MAX).isAfter(limit);
    }

    private static long prune(
            JobCatalog catalog, JobEntry job, boolean dry, List<List<String>> rows) {
        String name = job.row().name();
        try {
            long bytes = catalog.bytes(name);
            if (dry || catalog.remove(name)) {
                rows.add(List.of(name, job.row().status().text(), Words.bytes(bytes)));
                return bytes;
            }
        } catch (EngineException e) {
            rows.add(List.of(name, "left", String.valueOf(e.getMessage())));
        }
        return 0;
    }

    private static Duration age(String text) {
        Matcher matcher = AGE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("a number and s, m, h, d or w, such as 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }
}
