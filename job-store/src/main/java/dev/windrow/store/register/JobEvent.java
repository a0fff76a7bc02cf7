package dev.windrow.store.register;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param sequence counts from 1 within the job
 * @param kind {@code status}, or the kind of a note
 * @param text the new status, or what happened
 */
public record JobEvent(long sequence, Instant at, String kind, String text) {

    /** The kind of an event that tells a new status. */
    public static final String STATUS = "status";
}
