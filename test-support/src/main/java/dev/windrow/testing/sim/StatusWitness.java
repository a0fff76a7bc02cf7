package dev.windrow.testing.sim;

import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import java.util.Optional;

/** Statuses go forward only, NotResponding apart, and a verdict keeps its reason. */
final class StatusWitness {

    private JobStatus status = JobStatus.STARTING;
    private JobStatus former = JobStatus.STARTING;
    private Optional<JobReason> reason = Optional.empty();

    JobStatus status() {
        return status;
    }

    Optional<JobReason> reason() {
        return reason;
    }

    void follow(JobStatus next, Optional<JobReason> why) {
        Broken.unless(
                mayFollow(next), () -> "status: %s after %s, %s".formatted(next, status, former));
        Broken.unless(
                reason.isEmpty() || why.map(JobReason::code).equals(reason.map(JobReason::code)),
                () -> "reason: %s after %s".formatted(why, reason));
        if (status != JobStatus.NOT_RESPONDING) {
            former = status;
        }
        status = next;
        reason = why;
    }

    private boolean mayFollow(JobStatus next) {
        if (next == JobStatus.NOT_RESPONDING) {
            return !status.terminal();
        }
        JobStatus from = status == JobStatus.NOT_RESPONDING ? former : status;
        return rank(next) > rank(from) || (status == JobStatus.NOT_RESPONDING && next == from);
    }

    private static int rank(JobStatus status) {
        return switch (status) {
            case NOT_STARTED -> 0;
            case STARTING -> 1;
            case PROVISIONING -> 2;
            case PREPARING -> 3;
            case QUEUED -> 4;
            case RUNNING, NOT_RESPONDING -> 5;
            case FINALIZING -> 6;
            case CANCEL_REQUESTED -> 7;
            case COMPLETED, FAILED, CANCELED -> 8;
        };
    }
}
