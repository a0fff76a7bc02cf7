package dev.windrow.model;

import java.util.Map;
import java.util.Optional;

/**
 * How a job is run: what it bears, how often it tries, how many workers it has.
 *
 * @param environmentVariables set in the processes that run the script
 */
public record RunSettings(
        FailureLimits failureLimits,
        RetrySettings retrySettings,
        Optional<Bindable<Integer>> maxConcurrencyPerInstance,
        Optional<LoggingLevel> loggingLevel,
        Map<String, String> environmentVariables) {
    /** What {@code max_concurrency_per_instance} may be. */
    public static final Range CONCURRENCY = Range.atLeast(1);

    /** Checks the range and copies the map. */
    public RunSettings {
        Rules.inRange("max_concurrency_per_instance", CONCURRENCY, maxConcurrencyPerInstance);
        environmentVariables = Rules.copy(environmentVariables);
    }

    /** Makes settings with nothing set. */
    public static RunSettings unset() {
        return new RunSettings(
                FailureLimits.unset(),
                RetrySettings.unset(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}
