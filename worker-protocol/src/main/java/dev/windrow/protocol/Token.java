package dev.windrow.protocol;

/**
 * Names the lease that a piece of work runs under.
 *
 * @param epoch of the ledger
 * @param counter within the epoch
 */
public record Token(long epoch, long counter) {

    /** No work at all. */
    public static final Token NONE = new Token(0, 0);
}
