package dev.windrow.engine.job;

import dev.windrow.engine.error.ErrorCode;
import java.util.Optional;

/**
 * Why a job ended as it did: one code, one sentence, and the first thing that went wrong.
 *
 * @param cause the first failed attempt of the job, when there was one
 */
public record JobReason(ErrorCode code, String message, Optional<FirstCause> cause) {

    public JobReason(ErrorCode code, String message) {
        this(code, message, Optional.empty());
    }

    /**
     * The first failed attempt of a job.
     *
     * @param miniBatch its index; -1 when it happened before any mini-batch was run
     * @param error type and message of the error
     * @param userLine the user's own line, such as {@code entry.py:12: raise ValueError}; may be
     *     empty
     */
    public record FirstCause(int miniBatch, String error, String userLine) {}
}
