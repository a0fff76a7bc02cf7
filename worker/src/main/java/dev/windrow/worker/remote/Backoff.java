package dev.windrow.worker.remote;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before trying again: anything up to a bound that doubles, so that many who lost
 * a server do not come back at one moment.
 */
final class Backoff {

    private static final Duration LEAST = Duration.ofMillis(50);

    /** While a restart is likely, so that work goes on at once after it. */
    private static final Duration MOST_AT_FIRST = Duration.ofMillis(800);

    private static final Duration MOST = Duration.ofSeconds(10);
    private static final Duration AT_FIRST = Duration.ofSeconds(60);

    private int tries;

    void reset() {
        tries = 0;
    }

    /**
     * The next pause.
     *
     * @param alone how long there was no connection
     */
    Duration next(Duration alone) {
        Duration most = alone.compareTo(AT_FIRST) < 0 ? MOST_AT_FIRST : MOST;
        Duration bound = LEAST.multipliedBy(1L << Math.min(tries++, 16));
        long millis = Math.min(bound.toMillis(), most.toMillis());
        return Duration.ofMillis(1 + ThreadLocalRandom.current().nextLong(millis));
    }
}
