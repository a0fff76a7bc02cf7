package dev.windrow.engine.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when to ask a compute for instances again. Pure. A lost instance is replaced at once; a
 * fleet of which one instance after the other is lost before its agent came is asked for ever more
 * slowly. One that keeps losing instances of any kind without anything ending in between is given
 * up at last.
 */
final class FleetPlanner {

    /** Losses in a row, without progress between them, after which the job is given up. */
    static final int LOSSES_IN_A_ROW_MAX = 10;

    private static final Duration DELAY_MAX = Duration.ofSeconds(30);

    private FleetPlanner() {}

    /**
     * Whether to ask now.
     *
     * @param failedStarts instances lost before their agents came, since one last came
     * @param lastFailedStart when the last of those was lost
     */
    static boolean asks(
            int wanted, int alive, int failedStarts, Instant lastFailedStart, Instant now) {
        return alive < wanted && !now.isBefore(lastFailedStart.plus(delay(failedStarts)));
    }

    /**
     * Whether there is no use in asking again.
     *
     * @param lossesInARow lost instances since something last ended
     */
    static boolean givesUp(int lossesInARow) {
        return lossesInARow >= LOSSES_IN_A_ROW_MAX;
    }

    private static Duration delay(int failedStarts) {
        if (failedStarts <= 3) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(failedStarts - 4, 10));
        return doubled.compareTo(DELAY_MAX) < 0 ? doubled : DELAY_MAX;
    }
}
