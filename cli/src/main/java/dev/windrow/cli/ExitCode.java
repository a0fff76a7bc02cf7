package dev.windrow.cli;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.JobOutcome;

/** What the command's exit code says. */
final class ExitCode {

    static final int COMPLETED = 0;
    static final int OTHER = 1;
    static final int INVALID = 2;
    static final int NOT_FOUND = 3;
    static final int FAILED = 4;
    static final int CANCELED = 5;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /**
     * The code of a job that has ended.
     *
     * @param interrupted whether this command was interrupted
     * @param failOnError whether a completed job with failures is to count as failed
     */
    static int of(JobOutcome outcome, boolean interrupted, boolean failOnError) {
        if (outcome.status() == JobStatus.COMPLETED) {
            return failOnError && outcome.hasFailures() ? FAILED : COMPLETED;
        }
        if (outcome.status() == JobStatus.CANCELED) {
            return interrupted ? INTERRUPTED : CANCELED;
        }
        return outcome.status() == JobStatus.FAILED ? FAILED : OTHER;
    }

    /** The code of a fault that left no job to report on. */
    static int of(ErrorCode code) {
        return switch (code) {
            case JOB_NOT_FOUND -> NOT_FOUND;
            case INVALID_JOB_SPEC,
                    JOB_CONFLICT,
                    JOB_ENDED,
                    TOO_MANY_JOBS,
                    JOB_OWNED_ELSEWHERE,
                    INPUT_UNREADABLE ->
                    INVALID;
            case OUTPUT_UNWRITABLE,
                    SCRIPT_LOAD_FAILED,
                    INIT_FAILED,
                    INIT_TIMEOUT,
                    ITEM_THRESHOLD_EXCEEDED,
                    MINI_BATCH_THRESHOLD_EXCEEDED,
                    PERCENT_THRESHOLD_EXCEEDED,
                    NO_RESULT_TO_APPEND,
                    NO_PROGRESS,
                    FIRST_MINI_BATCH_TIMEOUT,
                    CANCELED,
                    NO_PYTHON,
                    ENVIRONMENT_NOT_MADE,
                    DISK_FULL,
                    FLEET_LOST,
                    LEDGER_UNAVAILABLE,
                    LEDGER_FENCED,
                    DATA_LOST,
                    INTERNAL ->
                    OTHER;
        };
    }
}
