package dev.windrow.runtime;

import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.runtime.job.JobRemains;
import dev.windrow.runtime.report.JobReports;
import dev.windrow.runtime.report.ProgressOverview;
import dev.windrow.runtime.report.ReportedJob;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What surrounds the run of a job: progress while it runs; afterwards the remains are removed and
 * the reports are written. Repeats what a kill between its end and its reports has left undone.
 */
final class JobClosing {

    private JobClosing() {}

    static JobProgress around(
            PreparedRun run,
            JobStore store,
            InstantSource clock,
            Supplier<Optional<JobProgress>> progress,
            LoopListener listener,
            Supplier<JobProgress> drive) {
        JobReports reports = new JobReports(reported(run, store));
        JobRow before = store.find(run.name()).orElseThrow();
        boolean goesOn = !before.status().terminal();
        JobProgress end;
        if (goesOn) {
            reports.begin(before.epoch() + 1, clock.instant());
            try (var _ = ProgressOverview.start(run.folder().logs(), progress, clock)) {
                end = drive.get();
            }
        } else {
            end = drive.get();
        }
        if (end.status().terminal()) {
            // First this: it makes room for the reports on a disk that is full.
            JobRemains.clear(run.folder(), end.status())
                    .ifPresent(text -> listener.noted("remains", text, clock.instant()));
            if (goesOn || reports.missing()) {
                reports.write(end);
            }
        }
        reports.notices().forEach(text -> listener.noted("reports", text, clock.instant()));
        return end;
    }

    private static ReportedJob reported(PreparedRun run, JobStore store) {
        String fileName = run.settings().rowOutput().fileName();
        return new ReportedJob(
                run.name(),
                run.folder(),
                store,
                run.settings().asPrinted(),
                run.outputs(),
                run.places().partialOutput(fileName),
                run.places()::names);
    }
}
