package dev.windrow.model;

import java.util.Optional;

/**
 * How often a failed mini-batch is run again, and how long one run may take.
 *
 * @param maxRetries retries after the first attempt
 * @param timeout seconds for one {@code run()} call
 */
public record RetrySettings(
        Optional<Bindable<Integer>> maxRetries, Optional<Bindable<Integer>> timeout) {
    /** What {@code max_retries} may be. */
    public static final Range MAX_RETRIES = Range.atLeast(0);

    /** What every time limit in seconds may be: up to three days. */
    public static final Range SECONDS = new Range(1, 259_200);

    /** Checks both ranges. */
    public RetrySettings {
        Rules.inRange("retry_settings.max_retries", MAX_RETRIES, maxRetries);
        Rules.inRange("retry_settings.timeout", SECONDS, timeout);
    }

    /** Makes settings with nothing set. */
    public static RetrySettings unset() {
        return new RetrySettings(Optional.empty(), Optional.empty());
    }
}
