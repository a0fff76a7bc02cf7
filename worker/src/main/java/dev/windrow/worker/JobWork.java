package dev.windrow.worker;

import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.ParallelJob;
import dev.windrow.worker.core.AgentSettings;
import dev.windrow.worker.environment.WantedEnvironment;
import dev.windrow.worker.monitor.MonitorSettings;
import dev.windrow.worker.process.WorkerFiles;
import dev.windrow.worker.process.WorkerSetup;
import dev.windrow.worker.side.PlanSource;
import dev.windrow.worker.side.PublishTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agents of one job are told, as far as it does not depend on where they run. Holds the
 * user's environment variables and is therefore never written to a file.
 *
 * @param name of the job
 * @param argv arguments of the script, after substitution
 * @param environment variables of the user's, with their secrets
 * @param outputFolder that the script writes its own files to, as agents see it
 * @param source the input that is split, as agents see it
 * @param target where rows go, as agents see it; empty when they are only counted
 * @param wanted environment that agents have to make first
 */
public record JobWork(
        String name,
        ParallelJob job,
        EffectiveSettings settings,
        List<String> argv,
        Map<String, String> environment,
        Optional<String> outputFolder,
        PlanSource source,
        Optional<PublishTarget> target,
        Optional<WantedEnvironment> wanted) {

    /** Output kept of one process; more is cut in the middle. */
    private static final long STDOUT_LIMIT = 16L << 20;

    public JobWork {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /**
     * One instance of the job's fleet.
     *
     * @param agent number of the instance
     * @param epoch of the ledger when it is told
     * @param workers false for one that only publishes
     * @param firstWorker number of the first worker it starts; never used before by this agent
     */
    public record Instance(int agent, long epoch, boolean workers, int firstWorker) {}

    /**
     * What one agent is told.
     *
     * @param files as the agent sees them; one on a machine of its own puts others in their place
     * @param python the interpreter; one on a machine of its own looks for another
     * @param devices GPU indexes to hand out by place; empty when there are none
     * @param outfit what the agent sees to itself
     */
    public AgentConfig config(
            Instance instance,
            WorkerFiles files,
            String python,
            List<String> devices,
            Outfit outfit) {
        int workers = settings.staffing().maxConcurrencyPerInstance();
        return new AgentConfig(
                new AgentSettings(
                        instance.agent(),
                        instance.workers() ? workers : 0,
                        settings.attemptLimit(),
                        instance.firstWorker()),
                setup(instance, python, devices),
                files,
                source,
                target,
                new MonitorSettings(settings.telemetry().resourceMonitorInterval(), STDOUT_LIMIT),
                outfit,
                instance.workers() ? wanted : Optional.empty());
    }

    private WorkerSetup setup(Instance instance, String python, List<String> devices) {
        return new WorkerSetup(
                python,
                name,
                instance.epoch(),
                instance.agent(),
                job.task().entryScript(),
                argv,
                environment,
                outputFolder,
                job.task().appendRowTo().isPresent(),
                settings.rowOutput().dataframeHeader(),
                settings.telemetry().loggingLevel().name(),
                STDOUT_LIMIT,
                settings.telemetry().profilingModule(),
                devices);
    }
}
