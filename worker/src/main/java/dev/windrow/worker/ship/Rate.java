package dev.windrow.worker.ship;

import java.time.Duration;
import java.time.Instant;

/** Bytes that may be sent: so many a second in the long run, and some at once after a pause. */
public final class Rate {

    private static final double NANOS = 1e9;

    private final long perSecond;
    private final long atOnce;
    private double left;
    private Instant at;

    /**
     * @param perSecond bytes, more than 0
     * @param atOnce bytes; what is asked for must never be more
     */
    public Rate(long perSecond, long atOnce, Instant now) {
        if (perSecond < 1 || atOnce < 1) {
            throw new IllegalArgumentException(
                    "rate: %d a second, %d at once (expected: more than 0)"
                            .formatted(perSecond, atOnce));
        }
        this.perSecond = perSecond;
        this.atOnce = atOnce;
        this.left = atOnce;
        this.at = now;
    }

    /** Takes so many bytes when they are there; returns the moment at which they are. */
    Instant take(long bytes, Instant now) {
        if (now.isAfter(at)) {
            double since = Duration.between(at, now).toNanos() / NANOS;
            left = Math.min((double) atOnce, left + since * perSecond);
        }
        at = now;
        if (left >= bytes) {
            left -= bytes;
            return now;
        }
        return now.plusNanos(1 + (long) ((bytes - left) / perSecond * NANOS));
    }
}
