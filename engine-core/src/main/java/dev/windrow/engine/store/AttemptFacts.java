package dev.windrow.engine.store;

import dev.windrow.engine.minibatch.LeaseToken;

/**
 * Where and when an attempt ran.
 *
 * @param token the lease it ran under
 * @param instance number of the instance
 * @param worker number of the worker on that instance; -1 when no worker had begun it
 * @param startMicros when the worker began, microseconds since 1970, 0 when unknown
 * @param processNanos time in the worker, 0 or more
 * @param runNanos time in the user's {@code run()}, 0 or more
 */
public record AttemptFacts(
        LeaseToken token,
        int instance,
        int worker,
        long startMicros,
        long processNanos,
        long runNanos) {

    public AttemptFacts {
        if (worker < -1 || instance < 0 || startMicros < 0 || processNanos < 0 || runNanos < 0) {
            throw new IllegalArgumentException(
                    "attempt: instance %d, worker %d, %d us, %d ns, %d ns (expected: none negative)"
                            .formatted(instance, worker, startMicros, processNanos, runNanos));
        }
    }
}
