package dev.windrow.testing.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Time that stands still until a test moves it. */
public final class ManualTime implements InstantSource {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long micros;

    @Override
    public Instant instant() {
        return START.plus(micros, ChronoUnit.MICROS);
    }

    /** Microseconds since the start. */
    public long micros() {
        return micros;
    }

    public void advance(Duration by) {
        advanceTo(micros + by.toNanos() / 1_000);
    }

    /**
     * Moves time forward.
     *
     * @param to microseconds since the start, not before the present
     */
    public void advanceTo(long to) {
        if (to < micros) {
            throw new IllegalArgumentException(
                    "time: %d us (expected: >= %d us)".formatted(to, micros));
        }
        micros = to;
    }
}
