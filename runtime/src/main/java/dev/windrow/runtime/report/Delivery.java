package dev.windrow.runtime.report;

import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import java.util.Optional;

/**
 * A mini-batch that was handed to an instance, and what came of it.
 *
 * @param index of the mini-batch
 * @param count which delivery of this mini-batch it was, from 1
 * @param items of the mini-batch
 * @param succeeded items that succeeded
 * @param last true when it is how the mini-batch ended
 * @param error present when it did not return a valid value
 */
record Delivery(
        int index,
        int count,
        AttemptFacts facts,
        int items,
        long succeeded,
        boolean last,
        Optional<FailedAttempt> error) {

    /**
     * The words that Azure's report has for it; the last is ours, for a loss that costs nothing.
     */
    enum Status {
        RUN_DONE,
        RUN_EXCEPTION,
        RUN_TIMEOUT,
        LEASE_LOST
    }

    Status status() {
        return error.map(failed ->
                        switch (failed.cause()) {
                            case EXCEPTION, BAD_RETURN, WORKER_DIED, LOAD_FAILED ->
                                    Status.RUN_EXCEPTION;
                            case TIMEOUT -> Status.RUN_TIMEOUT;
                            case INFRASTRUCTURE -> Status.LEASE_LOST;
                        })
                .orElse(Status.RUN_DONE);
    }

    long failed() {
        return items - succeeded;
    }

    /** The same, when the mini-batch was delivered again afterwards. */
    Delivery followed() {
        return new Delivery(index, count, facts, items, succeeded, false, error);
    }

    boolean lost() {
        return status() == Status.LEASE_LOST;
    }

    boolean whole() {
        return error.isEmpty() && succeeded == items;
    }

    /** {@code process017 of instance 0}, or the instance alone. */
    String where() {
        return facts.worker() < 0
                ? "instance " + facts.instance()
                : process() + " of instance " + facts.instance();
    }

    String process() {
        return "process%03d".formatted(facts.worker());
    }
}
