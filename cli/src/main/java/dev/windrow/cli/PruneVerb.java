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

/** Removes the folders of jobs that ended some time ago; outputs stay where they are. */
final class PruneVerb implements Verb {

    private static final String DEFAULT_AGE = "7d";
    private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhdw])");

    @Override
    public Syntax syntax() {
        return Syntax.empty().value("AGE", "--older-than").flag("--dry-run");
    }

    @Override
    public int run(Given given, Shell shell) {
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        Duration age = age(given);
        boolean dry = given.has("--dry-run");
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

    private static Duration age(Given given) {
        String text = given.text("--older-than").orElse(DEFAULT_AGE);
        Matcher matcher = AGE.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(
                    "--older-than: %s (expected: a number and s, m, h, d or w, such as 7d)"
                            .formatted(text));
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
