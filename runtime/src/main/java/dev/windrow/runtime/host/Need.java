package dev.windrow.runtime.host;

import dev.windrow.runtime.PreparedRun;
import dev.windrow.store.register.JobDemand;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.RegisteredJob;

/** What a job needs, and in whose name. */
record Need(JobKey key, String user, String compute, JobDemand demand) {

    static Need of(RegisteredJob job, JobDemand demand) {
        return new Need(job.key(), job.createdBy(), job.compute(), demand);
    }

    /** What a job holds while it runs. */
    static JobDemand demand(PreparedRun run) {
        int instances = run.settings().staffing().instanceCount();
        return new JobDemand(instances, run.places().gpus(instances));
    }
}
