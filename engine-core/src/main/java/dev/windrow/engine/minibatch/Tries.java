package dev.windrow.engine.minibatch;

/**
 * What a mini-batch has used up so far.
 *
 * @param failures failed attempts that count against the user's retries
 * @param losses leases that the infrastructure lost; they have a cap of their own
 * @param last the greatest token counted here; a report under it is a repeat
 */
public record Tries(int failures, int losses, LeaseToken last) {

    /** Nothing tried yet. */
    public static final Tries NONE = new Tries(0, 0, LeaseToken.NONE);

    public Tries {
        if (failures < 0 || losses < 0) {
            throw new IllegalArgumentException(
                    "tries: %d, %d (expected: none negative)".formatted(failures, losses));
        }
    }

    /** One more failed attempt, under this token. */
    public Tries failed(LeaseToken token) {
        return new Tries(failures + 1, losses, token);
    }

    /** One more lease lost by the infrastructure, under this token. */
    public Tries lost(LeaseToken token) {
        return new Tries(failures, losses + 1, token);
    }

    /** True when this token has been counted already, or an even later one. */
    public boolean counted(LeaseToken token) {
        return token.compareTo(last) <= 0;
    }
}
