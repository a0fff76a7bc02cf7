package dev.windrow.api.http;

import java.util.List;

/** What one client that listens to events is to be sent. */
public interface EventSource {

    /** True when {@link #next} would give something; must not block. */
    boolean ready();

    /** What has happened since the last call, a bounded number of events; may block on the disk. */
    Batch next();

    /**
     * Events in order.
     *
     * @param last true when nothing comes after them
     */
    record Batch(List<Event> events, boolean last) {}

    /**
     * One event.
     *
     * @param id a client says it to go on after this event; empty for one that cannot be gone on
     *     after
     * @param data one line
     */
    record Event(String id, String type, String data) {}
}
