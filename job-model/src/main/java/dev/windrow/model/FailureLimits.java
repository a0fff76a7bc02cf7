package dev.windrow.model;

import java.util.Optional;

/**
 * How many failures a job bears; it fails when a count is greater, and −1 bears any number.
 *
 * @param errorThreshold failed items borne
 * @param miniBatchErrorThreshold failed mini-batches borne
 */
public record FailureLimits(
        Optional<Bindable<Integer>> errorThreshold,
        Optional<Bindable<Integer>> miniBatchErrorThreshold) {
    /** What either limit may be. */
    public static final Range LIMIT = Range.atLeast(-1);

    /** Checks both ranges. */
    public FailureLimits {
        Rules.inRange("error_threshold", LIMIT, errorThreshold);
        Rules.inRange("mini_batch_error_threshold", LIMIT, miniBatchErrorThreshold);
    }

    /** Makes limits with nothing set. */
    public static FailureLimits unset() {
        return new FailureLimits(Optional.empty(), Optional.empty());
    }
}
