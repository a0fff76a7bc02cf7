package dev.windrow.benchmarks;

import dev.windrow.protocol.EngineMessage;
import java.util.Arrays;

/**
 * When each mini-batch was acknowledged, and how long before that it was leased. Written by the
 * engine's thread alone; to be read when the run has ended.
 */
final class RoundTrips {

    private static final long NEVER = Long.MIN_VALUE;

    private long[] leaseToAck = new long[1024];
    private long[] ackToAck = new long[1024];
    private int count;
    private int most;
    private int open;
    private long leasedAt = NEVER;
    private long acknowledgedAt = NEVER;

    void note(EngineMessage message) {
        if (message instanceof EngineMessage.LeaseGrant(var leases)) {
            leasedAt = System.nanoTime();
            open += leases.stream().mapToInt(lease -> lease.to() - lease.from()).sum();
            most = Math.max(most, open);
        } else if (message instanceof EngineMessage.Ack(var settled)) {
            acknowledged(settled.size(), System.nanoTime());
        }
    }

    private void acknowledged(int settled, long now) {
        open -= settled;
        if (leasedAt != NEVER && acknowledgedAt != NEVER) {
            add(now - leasedAt, now - acknowledgedAt);
        }
        acknowledgedAt = now;
    }

    private void add(long fromLease, long fromAck) {
        if (count == leaseToAck.length) {
            leaseToAck = Arrays.copyOf(leaseToAck, 2 * count);
            ackToAck = Arrays.copyOf(ackToAck, 2 * count);
        }
        leaseToAck[count] = fromLease;
        ackToAck[count] = fromAck;
        count++;
    }

    /** The most mini-batches that were ever leased and not acknowledged. */
    int mostOpen() {
        return most;
    }

    /** Nanoseconds from lease to acknowledgement, in order; without the first. */
    long[] leaseToAck() {
        return Arrays.copyOf(leaseToAck, count);
    }

    /** Nanoseconds from one acknowledgement to the next, in order. */
    long[] ackToAck() {
        return Arrays.copyOf(ackToAck, count);
    }
}
