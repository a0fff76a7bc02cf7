package dev.windrow.runtime;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.environment.FleetEnvironments;
import java.time.Duration;
import java.time.Instant;

/**
 * Has environments that lost agents began be made by others.
 *
 * @param next hears all
 */
record FreedEnvironments(LoopListener next, FleetEnvironments environments)
        implements LoopListener {

    @Override
    public void lost(int agent) {
        environments.lost(agent);
        next.lost(agent);
    }

    @Override
    public void statusChanged(JobStatus status, Instant at) {
        next.statusChanged(status, at);
    }

    @Override
    public void leased(Duration wait) {
        next.leased(wait);
    }

    @Override
    public void noted(String kind, String text, Instant at) {
        next.noted(kind, text, at);
    }
}
