package dev.windrow.testing.store;

/**
 * The contract of {@link dev.windrow.engine.store.JobStore}. A store's test class implements this,
 * says how its ledger is opened, and thereby inherits all tests.
 */
public interface JobStoreContract
        extends JobContract,
                AppendContract,
                PlanContract,
                ReadContract,
                ReopenContract,
                DurabilityContract {}
