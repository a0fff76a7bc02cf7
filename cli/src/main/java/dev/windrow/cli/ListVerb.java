package dev.windrow.cli;

import dev.windrow.cli.view.JobList;
import dev.windrow.cli.view.Words;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.store.JobRow;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.JobEntry;
import dev.windrow.spec.InvalidJobException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Lists all jobs, the latest first. */
final class ListVerb implements Verb {

    private final OptionSpec json =
            Args.flag("print one JSON document: an array with an object for each", "--json");

    @Override
    public Page describe() {
        return Page.of("Lists all jobs, the latest first, and which process runs each.")
                .options("What it says", json)
                .examples("WINDROW_HOME=/data/windrow windrow list");
    }

    @Override
    public int run(Shell shell) {
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        List<JobEntry> jobs = catalog.list();
        if (Args.given(json)) {
            shell.out(List.of(JobList.of(jobs, name -> displayName(catalog, shell, name))));
            return ExitCode.COMPLETED;
        }
        if (jobs.isEmpty()) {
            shell.err("no jobs in " + shell.home());
            return ExitCode.COMPLETED;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "STATUS", "SUBMITTED", "TOOK", "RUN BY"));
        Instant now = shell.clock().instant();
        jobs.forEach(job -> rows.add(row(job, now)));
        shell.out(Columns.of(rows));
        return ExitCode.COMPLETED;
    }

    private static Optional<String> displayName(JobCatalog catalog, Shell shell, String name) {
        try {
            return catalog.submitted(name, shell.home()).labels().displayName();
        } catch (EngineException | InvalidJobException _) {
            // Being removed, or damaged: it is worth listing all the same.
            return Optional.empty();
        }
    }

    private static List<String> row(JobEntry job, Instant now) {
        JobRow row = job.row();
        boolean ended = row.status().terminal();
        Duration took = Duration.between(row.submittedAt(), row.endedAt().orElse(now));
        return List.of(
                row.name(),
                row.status().text(),
                Moments.local(row.submittedAt()),
                ended ? Words.span(took) : "",
                ended
                        ? ""
                        : job.owner()
                                .map(pid -> "process " + pid)
                                .orElse("nobody: windrow resume"));
    }
}
