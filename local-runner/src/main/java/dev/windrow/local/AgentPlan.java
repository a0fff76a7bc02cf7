package dev.windrow.local;

import dev.windrow.data.segment.DurableFolder;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.runtime.job.JobFolder;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.core.AgentSettings;
import dev.windrow.worker.monitor.MonitorSettings;
import dev.windrow.worker.process.HarnessFiles;
import dev.windrow.worker.process.Interpreter;
import dev.windrow.worker.process.WorkerFiles;
import dev.windrow.worker.process.WorkerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What each agent of one job on this machine is told. */
final class AgentPlan {

    /** Output kept of one process; more is cut in the middle. */
    private static final long STDOUT_LIMIT = 16L << 20;

    private final JobDraft draft;
    private final LocalJob local;
    private final Launch launch;

    AgentPlan(JobDraft draft, LocalJob local, Launch launch) {
        this.draft = draft;
        this.local = local;
        this.launch = launch;
    }

    String job() {
        return draft.name();
    }

    /**
     * Makes the folders of an instance and returns what its agent needs to know.
     *
     * @throws EngineException when the disk refuses or no Python is there
     */
    AgentConfig config(int agent, long epoch) {
        EffectiveSettings settings = launch.settings();
        JobFolder folder = draft.folder();
        Path instance = folder.instance(agent);
        Path code = instance.resolve("code");
        Path harness;
        try {
            for (Path needed : local.foldersToMake()) {
                DurableFolder.create(needed);
            }
            Files.createDirectories(instance);
            if (!Files.isDirectory(code)) {
                CodeSnapshot.copy(folder.code(), code);
            }
            harness = HarnessFiles.folder(draft.home());
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.OUTPUT_UNWRITABLE,
                    "instance folder: %s (expected: a folder this user may write): %s"
                            .formatted(instance, e.getMessage()),
                    e);
        }
        int firstWorker = nextWorker(folder.logs(), agent);
        return new AgentConfig(
                new AgentSettings(
                        agent,
                        settings.staffing().maxConcurrencyPerInstance(),
                        settings.attemptLimit(),
                        firstWorker),
                setup(agent, epoch, settings),
                new WorkerFiles(
                        harness,
                        code,
                        folder.segments(),
                        folder.logs(),
                        instance.resolve("workers")),
                local.source(settings),
                local.target(settings),
                new MonitorSettings(settings.telemetry().resourceMonitorInterval(), STDOUT_LIMIT));
    }

    private WorkerSetup setup(int agent, long epoch, EffectiveSettings settings) {
        ParallelJob job = local.job();
        List<String> argv = new ArrayList<>(launch.argv());
        return new WorkerSetup(
                Interpreter.find(launch.python()),
                draft.name(),
                epoch,
                agent,
                job.task().entryScript(),
                argv,
                job.settings().environmentVariables(),
                local.outputFolder().map(Path::toString),
                job.task().appendRowTo().isPresent(),
                settings.rowOutput().dataframeHeader(),
                settings.telemetry().loggingLevel().name(),
                STDOUT_LIMIT,
                settings.telemetry().profilingModule(),
                local.devices().indexes());
    }

    /** Worker numbers only grow, also over restarts, so that no log is written by two. */
    private static int nextWorker(Path logs, int agent) {
        Path folder = logs.resolve("sys").resolve("node").resolve(Integer.toString(agent));
        int next = 0;
        if (!Files.isDirectory(folder)) {
            return next;
        }
        try (var files = Files.newDirectoryStream(folder, "process*.stderr.txt")) {
            for (Path file : files) {
                String number =
                        file.getFileName().toString().replaceAll("^process([0-9]+).*", "$1");
                next = Math.max(next, Integer.parseInt(number) + 1);
            }
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.OUTPUT_UNWRITABLE,
                    "logs: %s (expected: a folder this user may read)".formatted(folder),
                    e);
        }
        return next;
    }
}
