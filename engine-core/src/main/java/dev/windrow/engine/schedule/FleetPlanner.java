package dev.windrow.engine.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when to ask a compute for instances again. Pure. A lost instance is replaced at once; a
 * fleet that keeps losing instances without anything ending in between is asked for ever more
 * slowly, and given up at last.
 */
final class FleetPlanner {

    /** Losses in a row, without progress between them, after which the job is given up. */
    static final int LOSSES_IN_A_ROW_MAX = 10;

    private static final Duration DELAY_MAX = Duration.ofSeconds(30);

    private FleetPlanner() {}

    /**
     * Whether to ask now.
     *
     * @param lossesInARow lost instances since something last ended
     * @param lastLoss when the last one was lost
     */
    static boolean asks(int wanted, int alive, int lossesInARow, Instant lastLoss, Instant now) {
        return alive < wanted && !now.isBefore(lastLoss.plus(delay(lossesInARow)));
    }

    static boolean givesUp(int lossesInARow) {
        return lossesInARow >= LOSSES_IN_A_ROW_MAX;
    }

    private static Duration delay(int lossesInARow) {
        if (lossesInARow <= 3) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(lossesInARow - 4, 10));
        return doubled.compareTo(DELAY_MAX) < 0 ? doubled : DELAY_MAX;
    }
}
