package dev.windrow.engine.store;

import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.ResultStored;

/**
 * Receives a job's rows one by one, so that a ledger of any size is read in bounded memory. Chunks
 * come by sequence; results and attempts by index; events by time. Which of them come, and how they
 * are mixed, is said by the call that reads.
 */
public interface LedgerReader {

    /**
     * A chunk without its payload.
     *
     * @param cursor where a planner goes on after it
     */
    default void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {}

    default void result(ResultStored row) {}

    default void attempt(AttemptStored row) {}

    default void event(EventNoted row) {}
}
