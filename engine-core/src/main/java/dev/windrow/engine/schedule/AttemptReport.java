package dev.windrow.engine.schedule;

import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.RowRange;

/** How one attempt ended, as the agent reports it. */
public sealed interface AttemptReport {

    int index();

    AttemptFacts facts();

    /**
     * It returned; the rows are durable where every agent of the job can read them.
     *
     * @param returned length of the return value
     */
    record Returned(int index, AttemptFacts facts, long returned, RowRange rows)
            implements AttemptReport {}

    /** It did not return a valid value. */
    record Broke(int index, AttemptFacts facts, FailedAttempt failure) implements AttemptReport {}
}
