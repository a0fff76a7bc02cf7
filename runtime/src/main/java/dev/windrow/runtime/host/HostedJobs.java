package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.store.register.JobKey;

/** The jobs of a server, as its computes see them. */
record HostedJobs(JobHost host, JobRooms rooms) implements ComputeJobs {

    @Override
    public void cancel(JobKey key, String user) {
        try {
            host.cancel(key, user);
        } catch (EngineException e) {
            if (e.code() != ErrorCode.JOB_ENDED && e.code() != ErrorCode.JOB_NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public int instances(JobKey key) {
        return rooms.progress(key).map(progress -> progress.agents()).orElse(0);
    }

    @Override
    public boolean waits(JobKey key) {
        return rooms.waits(key).isPresent();
    }
}
