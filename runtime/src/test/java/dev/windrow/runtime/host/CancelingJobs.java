package dev.windrow.runtime.host;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Jobs that end as soon as they are asked to. */
final class CancelingJobs implements ComputeJobs {

    final List<String> canceled = new ArrayList<>();
    private final Register register;
    private final Instant at;

    /**
     * @param at when they end
     */
    CancelingJobs(Register register, Instant at) {
        this.register = register;
        this.at = at;
    }

    @Override
    public void cancel(JobKey key, String user) {
        canceled.add(key.name() + " by " + user);
        register.status(
                key,
                JobStatus.CANCELED,
                job ->
                        job.withStatus(
                                JobStatus.CANCELED, job.reason(), job.counts(), Optional.of(at)),
                at);
    }

    @Override
    public int instances(JobKey key) {
        return 2;
    }

    @Override
    public boolean waits(JobKey key) {
        return false;
    }
}
