package dev.windrow.cli;

import dev.windrow.cli.view.Words;
import dev.windrow.engine.store.JobRow;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lists all jobs, the latest first. */
final class ListVerb implements Verb {

    @Override
    public Page describe() {
        return Page.of("Lists all jobs, the latest first, and which process runs each.")
                .examples("WINDROW_HOME=/data/windrow windrow list");
    }

    @Override
    public int run(Shell shell) {
        List<JobEntry> jobs = new Assembly(shell.home(), shell.clock()).catalog().list();
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
