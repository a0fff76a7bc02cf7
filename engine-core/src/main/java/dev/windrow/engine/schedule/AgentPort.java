package dev.windrow.engine.schedule;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.RowRange;
import java.util.List;

/**
 * The way to one agent. Calls do not block and do not fail: what cannot be delivered is lost, and
 * the next heart-beat shows it. Called by one thread at a time.
 */
public interface AgentPort {

    /**
     * Make the plan, from {@code cursor} on (empty: from the start).
     *
     * @param sequence of the next chunk
     * @param index of the next mini-batch
     */
    void plan(LeaseToken token, byte[] cursor, int sequence, int index);

    /** A chunk is durable; the planner may send another in its place. */
    void chunkStored(LeaseToken token, int sequence);

    void lease(List<Lease> leases);

    /** These reports are durable, or will never count: forget them. */
    void settled(List<Settled> settled);

    /** Give back up to this many mini-batches that no worker has begun. */
    void recall(int count);

    /** Do not begin these: somebody else has them, or they have ended. */
    void drop(List<Held.Span> spans);

    /**
     * End all workers: when {@code abort} at once, else by {@code shutdown()} when idle. Answered
     * by {@link FleetEvent.WorkersEnded}; a repeat is answered again.
     */
    void endWorkers(boolean abort);

    /**
     * Publish the committed rows.
     *
     * @param partial true to keep them beside the target instead
     */
    void publish(LeaseToken token, boolean partial);

    /**
     * Committed ranges in index order.
     *
     * @param next index to ask for next, or -1 when these are the last
     */
    void ranges(LeaseToken token, int from, List<RowRange> ranges, int next);

    /**
     * Nothing more will come; end.
     *
     * @param completed whether the job has: what was kept for its output is needed no more
     */
    void bye(boolean completed);

    /** Names one attempt whose fate is settled. */
    record Settled(int index, LeaseToken token) {}
}
