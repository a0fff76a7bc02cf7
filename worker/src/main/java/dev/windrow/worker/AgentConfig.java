package dev.windrow.worker;

import dev.windrow.worker.core.AgentSettings;
import dev.windrow.worker.monitor.MonitorSettings;
import dev.windrow.worker.process.WorkerFiles;
import dev.windrow.worker.process.WorkerSetup;
import dev.windrow.worker.side.PlanSource;
import dev.windrow.worker.side.PublishTarget;
import java.util.Optional;

/**
 * Everything an agent needs to know of its job.
 *
 * @param target where rows go; empty when they are only counted
 * @param code SHA-256 of the archive of the job's code, in hexadecimal digits; empty for an agent
 *     that finds the code in its files
 */
public record AgentConfig(
        AgentSettings settings,
        WorkerSetup setup,
        WorkerFiles files,
        PlanSource source,
        Optional<PublishTarget> target,
        MonitorSettings monitor,
        Optional<String> code) {

    /** The same on another machine, or in another folder. */
    public AgentConfig with(WorkerSetup itsSetup, WorkerFiles itsFiles) {
        return new AgentConfig(settings, itsSetup, itsFiles, source, target, monitor, code);
    }
}
