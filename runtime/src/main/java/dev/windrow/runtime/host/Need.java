package dev.windrow.runtime.host;

import dev.windrow.store.register.JobDemand;
import dev.windrow.store.register.JobKey;

/** What a job needs, and in whose name. */
record Need(JobKey key, String user, String compute, JobDemand demand) {}
