package dev.windrow.protocol;

import java.util.List;

/**
 * What an agent holds: leases not answered and answers not settled.
 *
 * @param planning token of the plan it is making, or {@link Token#NONE}
 * @param publishing token of the output it is publishing, or {@link Token#NONE}
 * @param capacity mini-batches it wants to hold at once, 0 or more
 */
public record Holdings(List<Span> spans, Token planning, Token publishing, int capacity) {

    public Holdings {
        spans = List.copyOf(spans);
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: >= 0)");
        }
    }
}
