package dev.windrow.worker.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the agent knows of one worker. Owned by the agent's core. */
final class WorkerSeat {

    /** Work is sent ahead only while a mean run is shorter than this. */
    private static final long SHORT_NANOS = 5_000_000;

    private static final int DEPTH_MAX = 32;

    /** A slow disk's flush, several times over. */
    private static final long FLUSH_NANOS = 20_000_000;

    private static final int WANTED_MAX = 512;

    /** What the agent has done to end it. */
    enum Ending {
        NONE,
        SHUTDOWN,
        KILLED,
        KILLED_FOR_TIME
    }

    final int number;
    final int slot;
    boolean ready;
    Ending ending = Ending.NONE;
    Instant endingSince = Instant.MAX;

    /** Sent and not answered, in order; only the first can have been begun. */
    final Deque<Work> sent = new ArrayDeque<>();

    /** When the first of {@link #sent} can have been begun. */
    Instant clock = Instant.EPOCH;

    private int depth = 1;
    private int answers;
    private long meanNanos;

    WorkerSeat(int number, int slot) {
        this.number = number;
        this.slot = slot;
    }

    boolean takesWork() {
        return ready && ending == Ending.NONE && sent.size() < depth;
    }

    int depth() {
        return depth;
    }

    /**
     * How many mini-batches the agent should hold for this worker: as many again as it is sent, or,
     * when they are tiny, what it runs while the engine flushes. A power of two, so that it seldom
     * changes.
     */
    int wanted() {
        if (depth < DEPTH_MAX) {
            return 2 * depth;
        }
        long inTime = Math.min(FLUSH_NANOS / Math.max(meanNanos, 1), WANTED_MAX);
        return Math.max(2 * depth, Integer.highestOneBit((int) inTime));
    }

    /** Learns from an answer how far ahead work may be sent. */
    void answered(long processNanos) {
        meanNanos = answers == 0 ? processNanos : meanNanos + (processNanos - meanNanos) / 8;
        answers++;
        if (meanNanos >= SHORT_NANOS || processNanos >= SHORT_NANOS) {
            depth = 1;
        } else if (answers % 4 == 0) {
            depth = Math.min(depth * 2, DEPTH_MAX);
        }
    }

    /** True when it died without having been of any use. */
    boolean idleDeath() {
        return answers == 0;
    }

    boolean late(Duration limit, Instant now) {
        return ending == Ending.NONE && !sent.isEmpty() && now.isAfter(clock.plus(limit));
    }
}
