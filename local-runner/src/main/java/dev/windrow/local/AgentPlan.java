package dev.windrow.local;

import dev.windrow.disk.DurableFiles;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.runtime.job.FolderArchive;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.JobWork;
import dev.windrow.worker.Outfit;
import dev.windrow.worker.monitor.NodeLogs;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.process.HarnessFiles;
import dev.windrow.worker.process.Interpreter;
import dev.windrow.worker.process.Leftovers;
import dev.windrow.worker.process.WorkerFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;

/** What each agent of one job on this machine is told. */
final class AgentPlan {

    private static final String WORKERS = "workers";

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
     * @param place among the instances that share this machine, from 0
     * @param request what the instance is for, and how many share this machine
     * @throws EngineException when the disk refuses or no Python is there
     */
    AgentConfig config(int agent, int place, ComputeRequest request) {
        Devices devices = local.devices().share(place, request.instances());
        return config(agent, request, devices, Outfit.NONE);
    }

    /**
     * The same for an agent on a machine of its own, which sees to its devices itself, may have to
     * fetch the code, and may ship its logs.
     *
     * @param request what the fleet is for
     * @param code as it can be fetched
     */
    AgentConfig config(int agent, ComputeRequest request, FolderArchive code) {
        AgentConfig config = config(agent, request, Devices.NONE, Outfit.ofCode(code.sha256()));
        try {
            Files.createDirectories(logFolder(agent));
        } catch (IOException e) {
            throw unwritable(logFolder(agent), e);
        }
        return config;
    }

    /** The code as it can be fetched; made the first time, which may take a while. */
    FolderArchive code() {
        try {
            Files.createDirectories(instances());
            return FolderArchive.code(draft.folder());
        } catch (IOException e) {
            throw unwritable(instances(), e);
        }
    }

    private static EngineException unwritable(Path folder, IOException e) {
        return new EngineException(
                ErrorCode.OUTPUT_UNWRITABLE,
                "instance folder: %s (expected: a folder this user may write): %s"
                        .formatted(folder, e.getMessage()),
                e);
    }

    private AgentConfig config(int agent, ComputeRequest request, Devices devices, Outfit outfit) {
        JobFolder folder = draft.folder();
        Path instance = folder.instance(agent);
        Path code = instance.resolve("code");
        Path harness;
        try {
            for (Path needed : local.placed().foldersToMake()) {
                DurableFiles.createFolder(needed);
            }
            Files.createDirectories(instance);
            if (!Files.isDirectory(code)) {
                copyCode(folder.code(), code);
            }
            harness = HarnessFiles.folder(draft.home());
        } catch (IOException e) {
            throw unwritable(instance, e);
        }
        int firstWorker = nextWorker(logFolder(agent));
        return work().config(
                        new JobWork.Instance(
                                agent, request.epoch(), request.workers(), firstWorker),
                        new WorkerFiles(
                                harness,
                                code,
                                folder.segments(),
                                folder.logs(),
                                instance.resolve(WORKERS)),
                        Interpreter.find(launch.python()),
                        devices.indexes(),
                        outfit);
    }

    private JobWork work() {
        EffectiveSettings settings = launch.settings();
        return new JobWork(
                draft.name(),
                local.job(),
                settings,
                launch.argv(),
                local.environment(),
                local.placed().outputFolder().map(Path::toString),
                local.placed().source(settings),
                local.target(settings));
    }

    /** A copy that is cut off must not pass for a whole one the next time. */
    private static void copyCode(Path code, Path target) throws IOException {
        Path fresh = target.resolveSibling("code.new");
        CodeSnapshot.copy(code, fresh);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the server is whose agents outlive it. */
    Optional<Entrance> entrance() {
        return launch.entrance();
    }

    /** Agents of this job that outlive the engine. */
    FleetFile fleet() {
        return new FleetFile(draft.folder().fleet());
    }

    /** Agents of this job that are processes of their own and end with the engine. */
    Leftovers leftovers() {
        return new Leftovers(instances().resolve("agents"));
    }

    private Path instances() {
        return draft.folder().root().resolve("instances");
    }

    /** Kills what an earlier engine of this job may have left behind: agents, then workers. */
    void killLeftovers() {
        if (!Files.isDirectory(instances())) {
            return;
        }
        leftovers().kill();
        fleet().kill();
        killWorkers(Set.of());
    }

    /** Kills what agents that are gone may have left behind. */
    void killWorkers(Set<Integer> spared) {
        try (var folders = Files.newDirectoryStream(instances(), Files::isDirectory)) {
            for (Path folder : folders) {
                String number = folder.getFileName().toString();
                if (spared.stream().noneMatch(one -> number.equals(one.toString()))) {
                    new Leftovers(folder.resolve(WORKERS)).kill();
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // They end by themselves; this is only the second net.
        }
    }

    /** Where the agent of an instance writes what goes wrong with itself. */
    Path errorLog(int agent) throws IOException {
        Path folder = logFolder(agent);
        Files.createDirectories(folder);
        return folder.resolve("_main.stderr.txt");
    }

    private Path logFolder(int agent) {
        return NodeLogs.folder(draft.folder().logs(), agent);
    }

    private static int nextWorker(Path folder) {
        try {
            return NodeLogs.nextWorker(folder);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.OUTPUT_UNWRITABLE,
                    "logs: %s (expected: a folder this user may read)".formatted(folder),
                    e);
        }
    }
}
