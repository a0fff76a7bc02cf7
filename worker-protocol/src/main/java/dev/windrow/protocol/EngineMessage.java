package dev.windrow.protocol;

import java.util.List;

/** What the engine says to an agent. Every message may be repeated harmlessly. */
public sealed interface EngineMessage {

    /** The answer to a hello. */
    record Welcome(int version, long epoch) implements EngineMessage {}

    /**
     * Make the plan, from {@code cursor} on.
     *
     * @param sequence of the next chunk
     * @param index of the next mini-batch
     */
    record MakePlan(Token token, byte[] cursor, int sequence, int index) implements EngineMessage {}

    record ChunkStored(Token token, int sequence) implements EngineMessage {}

    record LeaseGrant(List<LeaseRange> leases) implements EngineMessage {

        public LeaseGrant {
            leases = List.copyOf(leases);
        }
    }

    /** A chunk's payload, as it was planned. */
    record ChunkPayload(int chunk, byte[] payload) implements EngineMessage {}

    /** These reports are durable or will never count. */
    record Ack(List<Settled> settled) implements EngineMessage {

        public Ack {
            settled = List.copyOf(settled);
        }
    }

    /** Give back up to this many mini-batches that no worker has begun. */
    record Recall(int count) implements EngineMessage {}

    /** Do not begin these. */
    record Drop(List<Span> spans) implements EngineMessage {

        public Drop {
            spans = List.copyOf(spans);
        }
    }

    record EndWorkers(boolean abort) implements EngineMessage {}

    /** Publish the committed rows, or keep them aside when {@code partial}. */
    record Publish(Token token, boolean partial) implements EngineMessage {}

    /**
     * Committed ranges in index order.
     *
     * @param next index to ask for next, or -1
     */
    record Ranges(Token token, int from, List<RowSpan> ranges, int next) implements EngineMessage {

        public Ranges {
            ranges = List.copyOf(ranges);
        }
    }

    /** Identify yourself by this from now on: what is used now will not be good for long. */
    record NewToken(String text) implements EngineMessage {}

    /**
     * Nothing more will come.
     *
     * @param completed whether the job has: its segments are needed no more
     */
    record Bye(boolean completed) implements EngineMessage {}

    /** Names one attempt whose fate is settled. */
    record Settled(int index, Token token) {}
}
