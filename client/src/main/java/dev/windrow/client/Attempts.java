package dev.windrow.client;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;

/**
 * Tries again after a broken connection or a busy server, with waits that double, up to a bound and
 * with jitter. Only failures in a row count: whatever has come starts the count anew.
 *
 * @param atFirst failures in a row before anything has come, the last of which is thrown
 * @param later failures in a row after that
 */
record Attempts(int atFirst, int later, Duration firstWait, Duration longestWait) {
    private static final double FACTOR = 2;
    private static final double JITTER = 0.5;
    private static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(30);

    /** What is tried. */
    interface Attempt<T> {
        /** Does it once; says to the count when something has come. */
        T make(Count count) throws IOException;
    }

    /** Failures in a row; for one thread. */
    static final class Count {
        private int attempts;
        private int failures;
        private int waits;
        private boolean begun;

        /** Something new has come: the count starts anew, and so do the waits. */
        void progress() {
            alive();
            waits = 0;
        }

        /** The server has said something, if nothing new: only the count starts anew. */
        void alive() {
            failures = 0;
            begun = true;
        }

        /** Tells whether this is not the first attempt. */
        boolean again() {
            return attempts > 1;
        }
    }

    <T> T run(Attempt<T> attempt) throws IOException {
        Count count = new Count();
        RetryConfig config =
                RetryConfig.<T>custom()
                        .maxAttempts(Integer.MAX_VALUE)
                        .retryOnException(e -> e instanceof IOException && isLeft(count))
                        .intervalBiFunction((_, outcome) -> wait(count, outcome))
                        .build();
        try {
            return Retry.of("windrow", config)
                    .executeCallable(() -> {
                        count.attempts++;
                        try {
                            return attempt.make(count);
                        } catch (IOException e) {
                            count.failures++;
                            count.waits++;
                            throw e;
                        }
                    });
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedCallException(e);
            }
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("attempts throw nothing else", e);
        }
    }

    private boolean isLeft(Count count) {
        return count.failures < (count.begun ? later : atFirst);
    }

    private long wait(Count count, Either<Throwable, ?> outcome) {
        long usual =
                IntervalFunction.ofExponentialRandomBackoff(firstWait, FACTOR, JITTER, longestWait)
                        .apply(Math.max(1, count.waits));
        if (outcome.isLeft() && outcome.getLeft() instanceof BusyException busy) {
            long asked = Math.min(busy.retryAfter().toMillis(), RETRY_AFTER_MAX.toMillis());
            return Math.max(usual, asked);
        }
        return usual;
    }
}
