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
 */
public record AgentConfig(
        AgentSettings settings,
        WorkerSetup setup,
        WorkerFiles files,
        PlanSource source,
        Optional<PublishTarget> target,
        MonitorSettings monitor) {}
