package dev.windrow.runtime.host;

import dev.windrow.store.register.JobKey;

/** What a compute has to know of the jobs on it, and do to them. */
interface ComputeJobs {

    /** Asks a job to stop; one that has ended meanwhile is no fault. */
    void cancel(JobKey key, String user);

    /** How many instances a job has; 0 while it waits. Does not block. */
    int instances(JobKey key);

    /** True while it waits for room. Does not block. */
    boolean waits(JobKey key);
}
