package dev.windrow.engine.store;

import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as the ledger holds it.
 *
 * @param spec the canonical spec, as text
 * @param codeDigest digest of the code snapshot
 * @param epoch raised each time an engine takes the job over; 0 before the first
 * @param leasedBelow indexes below may have been leased
 * @param planComplete true when the plan will not grow
 */
public record JobRow(
        String name,
        String spec,
        String codeDigest,
        JobStatus status,
        Optional<JobReason> reason,
        long epoch,
        int leasedBelow,
        boolean planComplete,
        Instant submittedAt,
        Optional<Instant> endedAt) {

    /** A job that is just being submitted. */
    public static JobRow submitted(String name, String spec, String codeDigest, Instant at) {
        return new JobRow(
                name,
                spec,
                codeDigest,
                JobStatus.STARTING,
                Optional.empty(),
                0,
                0,
                false,
                at,
                Optional.empty());
    }
}
