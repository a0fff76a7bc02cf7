package dev.windrow.engine.schedule;

import dev.windrow.engine.tally.Thresholds;
import java.time.Duration;

/**
 * What the loop needs to know of a job's settings.
 *
 * @param maxRetries attempts after the first, from 0
 * @param runTimeout of one {@code run()}; init may hang three times this and 30 s
 * @param progressTimeout the job fails when nothing ends for this long
 * @param firstMiniBatchTimeout the job fails when planning gives nothing for this long
 * @param instances wanted, from 1
 * @param workersPerInstance from 1
 * @param appends true when rows are aggregated into an output
 */
public record JobPolicy(
        Thresholds thresholds,
        int maxRetries,
        Duration runTimeout,
        Duration progressTimeout,
        Duration firstMiniBatchTimeout,
        int instances,
        int workersPerInstance,
        boolean appends) {

    public JobPolicy {
        if (instances < 1 || workersPerInstance < 1 || maxRetries < 0) {
            throw new IllegalArgumentException(
                    "instances, workers, max_retries: %d, %d, %d (expected: >= 1, >= 1, >= 0)"
                            .formatted(instances, workersPerInstance, maxRetries));
        }
    }

    /** All workers in {@code init()} for longer than this is no progress. */
    Duration initLimit() {
        return runTimeout.multipliedBy(3).plusSeconds(30);
    }
}
