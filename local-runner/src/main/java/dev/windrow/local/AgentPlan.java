package dev.windrow.local;

import dev.windrow.disk.DurableFiles;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.FleetStage;
import dev.windrow.engine.job.JobReason;
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
import dev.windrow.worker.environment.EnvironmentMaker;
import dev.windrow.worker.environment.WantedEnvironment;
import dev.windrow.worker.monitor.NodeLogs;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.process.HarnessFiles;
import dev.windrow.worker.process.Leftovers;
import dev.windrow.worker.process.PythonSearch;
import dev.windrow.worker.process.WorkerFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each agent of one job on this machine is told. */
final class AgentPlan {

    private static final String WORKERS = "workers";

    private final JobDraft draft;
    private final LocalJob local;
    private final Launch launch;
    private final FleetPython python;

    AgentPlan(JobDraft draft, LocalJob local, Launch launch) {
        this.draft = draft;
        this.local = local;
        this.launch = launch;
        Map<String, String> variables = local.environment();
        Map<String, String> places = new HashMap<>(System.getenv());
        places.putAll(variables);
        this.python =
                new FleetPython(
                        new PythonSearch(places, launch.python()),
                        variables,
                        launch.environment(),
                        new EnvironmentMaker(draft.home().resolve("environments"), this::harness));
    }

    /** The interpreter of its workers on this machine. */
    FleetPython python() {
        return python;
    }

    /**
     * What an instance can be started with; empty while that is not there, and for ever when there
     * can be none. Asks for it to be made.
     */
    Optional<FleetPython.State.Ready> readiness(ComputeRequest request) {
        if (!request.workers()) {
            return Optional.of(new FleetPython.State.Ready(python.plain(), Optional.empty()));
        }
        return python.needed(environmentLog()) instanceof FleetPython.State.Ready ready
                ? Optional.of(ready)
                : Optional.empty();
    }

    /** The fleet as its compute sees it, with how far its Python is. */
    FleetSnapshot seen(Set<Integer> alive, Set<Integer> gone, Set<Integer> joined) {
        FleetPython.State state = python.state();
        String waits = state instanceof FleetPython.State.Making(String sentence) ? sentence : "";
        Optional<JobReason> trouble =
                state instanceof FleetPython.State.Broken(JobReason reason)
                        ? Optional.of(reason)
                        : Optional.empty();
        FleetStage stage = python.isMissing() ? FleetStage.PREPARING : FleetStage.QUEUED;
        return new FleetSnapshot(alive, gone, joined, stage, waits, trouble);
    }

    /** All its instances on this machine share it, so it is of none of them. */
    private Path environmentLog() {
        return draft.folder().logs().resolve("sys").resolve("environment.txt");
    }

    String job() {
        return draft.name();
    }

    /**
     * Makes the folders of an instance and returns what its agent needs to know.
     *
     * @param place among the instances that share this machine, from 0
     * @param request what the instance is for, and how many share this machine
     * @param ready what its workers are started with
     * @throws EngineException when the disk refuses
     */
    AgentConfig config(
            int agent, int place, ComputeRequest request, FleetPython.State.Ready ready) {
        Devices devices = local.devices().share(place, request.instances());
        JobWork work = work(Optional.empty());
        AgentConfig config = config(agent, request, work, ready.python(), devices, Outfit.NONE);
        return ready.environment()
                .map(made ->
                        config.within(made, Optional.ofNullable(System.getenv("PATH")).orElse("")))
                .orElse(config);
    }

    /**
     * The same for an agent on a machine of its own, which sees to its devices and its environment
     * itself, may have to fetch the code, and may ship its logs.
     *
     * @param request what the fleet is for
     * @param code as it can be fetched
     */
    AgentConfig config(int agent, ComputeRequest request, FolderArchive code) {
        JobWork work =
                work(
                        launch.environment()
                                .map(what -> new WantedEnvironment(what, Optional.empty())));
        AgentConfig config =
                config(
                        agent,
                        request,
                        work,
                        python.plain(),
                        Devices.NONE,
                        Outfit.ofCode(code.sha256(), local.placed().needed()));
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

    private Path harness() {
        try {
            return HarnessFiles.folder(draft.home());
        } catch (IOException e) {
            throw unwritable(draft.home(), e);
        }
    }

    private AgentConfig config(
            int agent,
            ComputeRequest request,
            JobWork work,
            String interpreter,
            Devices devices,
            Outfit outfit) {
        JobFolder folder = draft.folder();
        Path instance = folder.instance(agent);
        Path code = instance.resolve("code");
        try {
            for (Path needed : local.placed().foldersToMake()) {
                DurableFiles.createFolder(needed);
            }
            Files.createDirectories(instance);
            if (!Files.isDirectory(code)) {
                copyCode(folder.code(), code);
            }
        } catch (IOException e) {
            throw unwritable(instance, e);
        }
        int firstWorker = nextWorker(logFolder(agent));
        return work.config(
                new JobWork.Instance(agent, request.epoch(), request.workers(), firstWorker),
                new WorkerFiles(
                        harness(),
                        code,
                        folder.segments(),
                        folder.logs(),
                        instance.resolve(WORKERS)),
                interpreter,
                devices.indexes(),
                outfit);
    }

    private JobWork work(Optional<WantedEnvironment> wanted) {
        EffectiveSettings settings = launch.settings();
        return new JobWork(
                draft.name(),
                local.job(),
                settings,
                launch.argv(),
                local.environment(),
                local.placed().outputFolder().map(Path::toString),
                local.placed().source(settings),
                local.target(settings),
                wanted);
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
