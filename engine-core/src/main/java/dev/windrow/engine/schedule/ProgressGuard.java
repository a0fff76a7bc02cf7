package dev.windrow.engine.schedule;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides when a job that does not get on has to end. */
final class ProgressGuard {

    private final JobPolicy policy;
    private @Nullable Instant planningSince;
    private boolean firstPlanned;
    private boolean begun;
    private @Nullable Instant lastProgress;

    ProgressGuard(JobPolicy policy) {
        this.policy = policy;
    }

    void planningBegan(Instant now) {
        planningSince = planningSince == null ? now : planningSince;
    }

    /** The ledger holds a part of the plan. */
    void plannedBefore() {
        firstPlanned = true;
    }

    void planned(Instant now) {
        firstPlanned = true;
        progressed(now);
    }

    void progressed(Instant now) {
        lastProgress = now;
    }

    /** Workers are ready: from now on something has to end from time to time. */
    void workBegan(Instant now) {
        lastProgress = begun ? lastProgress : now;
        begun = true;
    }

    /** An agent came after there was none: nothing could end meanwhile. */
    void waitedForAgents(Instant now) {
        lastProgress = lastProgress == null ? null : now;
    }

    /**
     * The reason to give up, when there is one.
     *
     * @param connected whether an agent is there at all; a job that waits for one is patient
     * @param waits why none is there, in one sentence; may be empty
     */
    Optional<JobReason> check(boolean connected, String waits, Instant now) {
        if (!firstPlanned
                && planningSince != null
                && now.isAfter(planningSince.plus(policy.firstMiniBatchTimeout()))) {
            return Optional.of(
                    new JobReason(
                            ErrorCode.FIRST_MINI_BATCH_TIMEOUT,
                            "first_task_creation_timeout: %d s (expected: a first mini-batch by then)%s"
                                    .formatted(
                                            policy.firstMiniBatchTimeout().toSeconds(),
                                            waits.isEmpty() ? "" : "; the fleet: " + waits)));
        }
        if (connected
                && begun
                && lastProgress != null
                && now.isAfter(lastProgress.plus(policy.progressTimeout()))) {
            return Optional.of(
                    new JobReason(
                            ErrorCode.NO_PROGRESS,
                            "progress_update_timeout: %d s (expected: a mini-batch ends by then)"
                                    .formatted(policy.progressTimeout().toSeconds())));
        }
        return Optional.empty();
    }
}
