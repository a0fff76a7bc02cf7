package dev.windrow.runtime.host;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.store.register.JobKey;
import java.util.Optional;

/**
 * A job that waits or runs on this server, at one moment.
 *
 * @param progress of its run; empty while it waits or begins
 * @param workersPerInstance how many may be busy on each of its agents
 */
public record Hosted(
        JobKey key, JobStatus status, Optional<JobProgress> progress, int workersPerInstance) {

    /** Workers that have a mini-batch, as far as the server can know: no more than there are. */
    public int workersBusy() {
        return progress.map(one -> Math.min(one.leased(), one.workersReady() * workersPerInstance))
                .orElse(0);
    }

    /** Planned mini-batches in nobody's hands. */
    public long miniBatchesWaiting() {
        return progress.map(
                        one -> Math.max(0, one.counts().outstandingMiniBatches() - one.leased()))
                .orElse(0L);
    }
}
