package dev.windrow.testing.store;

import dev.windrow.engine.store.JobStore;

/** Gives a test a ledger of its own. */
public interface StoreUnderTest {

    /**
     * Opens this test's ledger; the first call makes it. Each call gives another store on the same
     * ledger, as another process would have it. The test closes it.
     */
    JobStore open();

    /**
     * Opens what is durable when the power fails now: everything that {@code store} has answered,
     * though it was not closed. The given store is not used any more.
     */
    JobStore reopenAfterCrash(JobStore store);
}
