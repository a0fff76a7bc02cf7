package dev.windrow.api.meter;

import java.util.List;

/**
 * What one meter is.
 *
 * @param name as it is scraped, without what a histogram adds
 * @param unit such as {@code seconds}; empty for a plain number
 * @param tags by name
 * @param bound how many series there may be
 */
public record MeterSpec(
        String name, Kind kind, String unit, String help, List<String> tags, String bound) {

    /** How its numbers behave. */
    public enum Kind {
        /** Only grows, from the server's start. */
        COUNTER,
        /** What is now. */
        GAUGE,
        /** How often so much: {@code _bucket}, {@code _sum} and {@code _count}. */
        HISTOGRAM
    }

    public MeterSpec {
        tags = List.copyOf(tags);
        if (!name.matches("[a-z][a-z0-9_]*") || help.isBlank()) {
            throw new IllegalArgumentException("meter: " + name + " (expected: a name and help)");
        }
    }
}
