package dev.windrow.engine.minibatch;

/**
 * Names one lease for ever: a later lease of any mini-batch has a greater token.
 *
 * @param epoch the ledger's epoch in which the lease was granted, from 1
 * @param counter counts the leases of that epoch, from 1
 */
public record LeaseToken(long epoch, long counter) implements Comparable<LeaseToken> {

    /** Smaller than every token that is ever granted. */
    public static final LeaseToken NONE = new LeaseToken(0, 0);

    public LeaseToken {
        if (epoch < 0 || counter < 0) {
            throw new IllegalArgumentException(
                    "lease token: %d/%d (expected: none negative)".formatted(epoch, counter));
        }
    }

    @Override
    public int compareTo(LeaseToken other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(counter, other.counter);
    }

    @Override
    public String toString() {
        return epoch + "/" + counter;
    }
}
