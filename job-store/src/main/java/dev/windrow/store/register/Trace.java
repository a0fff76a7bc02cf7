package dev.windrow.store.register;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Who made and last changed something, and when. */
public record Trace(Instant createdAt, String createdBy, Instant modifiedAt, String modifiedBy) {

    /** Keeps what the register keeps: milliseconds. */
    public Trace {
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        modifiedAt = modifiedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Of something that is just being made. */
    public static Trace made(Instant at, String by) {
        return new Trace(at, by, at, by);
    }

    /** The same after a change. */
    public Trace changed(Instant at, String by) {
        return new Trace(createdAt, createdBy, at, by);
    }

    /** The same after something happened by itself. */
    public Trace changed(Instant at) {
        return changed(at, modifiedBy);
    }
}
