package dev.windrow.client;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at something on a server again and again, less and less often.
 *
 * @param longest for so long
 * @param seldom at least so often
 */
record Looking(InstantSource time, Duration longest, Duration seldom) {
    /** Longer than anybody waits, and short enough to be added to a time. */
    static final Duration FOR_EVER = Duration.ofDays(3650);

    private static final Duration FIRST = Duration.ofMillis(100);

    /**
     * Blocks until it has ended or the time is over; looks at least once.
     *
     * @return what was seen last
     * @throws InterruptedCallException when the thread is interrupted
     */
    <T> T until(Predicate<T> ended, Supplier<T> look) {
        Instant end = time.instant().plus(longest.compareTo(FOR_EVER) < 0 ? longest : FOR_EVER);
        IntervalFunction interval = IntervalFunction.ofExponentialBackoff(FIRST, 2, seldom);
        RetryConfig config =
                RetryConfig.<T>custom()
                        .maxAttempts(Integer.MAX_VALUE)
                        .retryOnResult(seen -> !ended.test(seen) && time.instant().isBefore(end))
                        .retryOnException(_ -> false)
                        .intervalFunction(number -> Math.min(interval.apply(number), left(end)))
                        .build();
        try {
            return Retry.of("wait", config).executeSupplier(look);
        } catch (WindrowException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedCallException(e);
            }
            throw e;
        }
    }

    private long left(Instant end) {
        return Math.max(1, Duration.between(time.instant(), end).toMillis());
    }
}
