package dev.windrow.runtime.report;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress.Phases;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.tally.Counts;

/**
 * How a job has ended.
 *
 * @param row as the ledger holds it
 * @param phases of the run that ended it; without an end when it had ended before
 */
record Outcome(JobRow row, Counts counts, Phases phases) {

    boolean completed() {
        return row.status() == JobStatus.COMPLETED;
    }
}
