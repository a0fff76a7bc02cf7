package dev.windrow.runtime.host;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.tally.Counts;
import dev.windrow.store.register.RegisteredJob;
import dev.windrow.store.register.RegisteredJob.Reason;
import java.util.Optional;

/**
 * A job as it is now.
 *
 * @param job as the register has it
 * @param progress of the run that is going on in this server
 * @param waits what a job waits for that could run
 */
public record JobView(RegisteredJob job, Optional<JobProgress> progress, Optional<String> waits) {

    private static final Counts NOTHING = new Counts(false, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The status a user sees. */
    public JobStatus status() {
        if (job.endedAt().isPresent()) {
            return job.status();
        }
        if (waits.isPresent()) {
            return JobStatus.QUEUED;
        }
        // The end is told once the register has it, with everything that belongs to it.
        return progress.map(JobProgress::status)
                .filter(status -> !status.terminal())
                .filter(status -> !precedes(status, job.status()))
                .orElse(job.status());
    }

    /** A job that was seen waiting for room does not go back when its fleet is made after that. */
    static boolean precedes(JobStatus status, JobStatus told) {
        return told == JobStatus.QUEUED && status.compareTo(told) < 0;
    }

    /** Why it is so; empty when all is well. */
    public Optional<Reason> reason() {
        return waiting().map(text -> new Reason("WAITING", text, Optional.empty())).or(job::reason);
    }

    /** What it waits for, in one sentence; empty when it goes on, or has ended. */
    public Optional<String> waiting() {
        return waits.or(this::fleetWaits);
    }

    private Optional<String> fleetWaits() {
        return progress.filter(_ -> job.endedAt().isEmpty())
                .map(JobProgress::waits)
                .filter(text -> !text.isEmpty());
    }

    public Counts counts() {
        return job.counts().or(() -> progress.map(JobProgress::counts)).orElse(NOTHING);
    }
}
