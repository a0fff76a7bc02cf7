package dev.windrow.runtime;

import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.tally.Counts;
import dev.windrow.engine.tally.Thresholds;
import dev.windrow.model.EffectiveSettings.Tolerance;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.report.PartialRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what a summary says, of a run that has just ended or of a job in its ledger. */
final class Outcomes {

    private static final int PAGE = 5_000;

    private Outcomes() {}

    static JobOutcome ofRun(JobFolder folder, String name, JobProgress end, RunRecord record) {
        return of(folder, name, end.status(), end.reason(), Optional.empty(), end.counts(), record);
    }

    static JobOutcome ofLedger(JobFolder folder, JobRow row, JobStore store, RunRecord record) {
        Tolerance tolerance = record.tolerance();
        LedgerCounts read =
                new LedgerCounts(
                        new Thresholds(
                                tolerance.errorThreshold(),
                                tolerance.miniBatchErrorThreshold(),
                                tolerance.allowedFailedPercent()),
                        row.planComplete());
        store.read(row.name(), read);
        return of(
                folder,
                row.name(),
                row.status(),
                row.reason(),
                read.firstCause(),
                read.counts(),
                record);
    }

    private static JobOutcome of(
            JobFolder folder,
            String name,
            JobStatus status,
            Optional<JobReason> reason,
            Optional<FirstCause> cause,
            Counts counts,
            RunRecord record) {
        Map<String, String> outputs = new LinkedHashMap<>(record.outputs());
        boolean partial = status.terminal() && status != JobStatus.COMPLETED;
        if (partial && record.rows().isPresent()) {
            String rows = record.rows().get();
            record.partial()
                    .filter(place ->
                            PartialRows.areAt(
                                    place, status, counts, reason.map(why -> why.code().name())))
                    .ifPresentOrElse(place -> outputs.put(rows, place), () -> outputs.remove(rows));
        }
        return new JobOutcome(
                name,
                status,
                reason,
                reason.flatMap(JobReason::cause).or(() -> cause),
                counts,
                record.tolerance(),
                outputs,
                partial ? record.rows().filter(outputs::containsKey) : Optional.empty(),
                folder.logs(),
                record.times().orElse(RunTimes.NONE));
    }

    /** The first failed mini-batch of a job, by index. */
    static Optional<FirstCause> firstFailure(JobStore store, String job) {
        int from = 0;
        List<ResultStored> rows = store.results(job, from, PAGE);
        while (!rows.isEmpty()) {
            for (ResultStored row : rows) {
                if (row.error().isPresent()) {
                    return Optional.of(LedgerCounts.causeOf(row.index(), row.error().get()));
                }
            }
            from = rows.getLast().index() + 1;
            rows = store.results(job, from, PAGE);
        }
        return Optional.empty();
    }
}
