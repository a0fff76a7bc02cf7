package dev.windrow.runtime.host;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobStore;
import java.time.Duration;

/** Counts what happens to the jobs of a server. Called by many threads; must not block. */
public interface HostMeters {

    /** Counts nothing. */
    HostMeters NONE = new HostMeters() {};

    /** A ledger of a job that runs, with its writes counted. */
    default JobStore around(JobStore store) {
        return store;
    }

    /** An agent was given work; so long it had room for it. */
    default void leased(Duration wait) {}

    /** A job that was not there before was submitted. */
    default void submitted() {}

    /** A job has come to its end. */
    default void ended(JobStatus status) {}
}
