package dev.windrow.engine.schedule;

import dev.windrow.engine.minibatch.LeaseToken;
import java.util.List;

/**
 * What an agent says it holds: leases not yet answered, and answers not yet acknowledged.
 *
 * @param planning token of the plan it is making, or {@link LeaseToken#NONE}
 * @param publishing token of the output it is publishing, or {@link LeaseToken#NONE}
 * @param capacity mini-batches it wants to hold at once
 */
public record Held(List<Span> spans, LeaseToken planning, LeaseToken publishing, int capacity) {

    /** An agent that has just started. */
    public static final Held NOTHING = new Held(List.of(), LeaseToken.NONE, LeaseToken.NONE, 0);

    public Held {
        spans = List.copyOf(spans);
    }

    /**
     * Neighbouring mini-batches under one token.
     *
     * @param from first index
     * @param to index after the last
     */
    public record Span(LeaseToken token, int from, int to) {}
}
