package dev.windrow.k8s.job;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.k8s.fleet.AgentTexts;
import dev.windrow.k8s.job.ClusterPlaces.HandedOut;
import dev.windrow.k8s.pod.PodPlaces;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.job.FolderArchive;
import dev.windrow.runtime.secret.Secrets;
import dev.windrow.worker.JobWork;
import dev.windrow.worker.Outfit;
import dev.windrow.worker.PlacedJob;
import dev.windrow.worker.environment.WantedEnvironment;
import dev.windrow.worker.monitor.NodeLogs;
import dev.windrow.worker.process.WorkerFiles;
import dev.windrow.worker.remote.ConfigMessages;
import dev.windrow.worker.side.OldRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the agents of one job in pods are told. */
final class PodConfigs implements AgentTexts {

    private final JobDraft draft;
    private final PlacedJob placed;
    private final List<HandedOut> handedOut;
    private final Launch launch;
    private final Path segments;
    private final Optional<OldRows> old;

    /**
     * Rows as pods see them.
     *
     * @param segments folder of those that are not published yet
     * @param old that a retry takes along
     */
    record Rows(Path segments, Optional<OldRows> old) {}

    /**
     * @param handedOut inputs that agents fetch
     */
    PodConfigs(
            JobDraft draft, PlacedJob placed, List<HandedOut> handedOut, Launch launch, Rows rows) {
        this.draft = draft;
        this.placed = placed;
        this.handedOut = handedOut;
        this.launch = launch;
        this.segments = rows.segments();
        this.old = rows.old();
    }

    @Override
    public void prepare() throws IOException {
        var _ = outfit();
    }

    @Override
    public boolean wantEnvironment() {
        return launch.environment().isPresent();
    }

    @Override
    public byte[] of(int agent, ComputeRequest request) throws IOException {
        Path logs = draft.folder().logs();
        // Only an agent that has a folder may send logs.
        Path node = Files.createDirectories(NodeLogs.folder(logs, agent));
        JobWork.Instance instance =
                new JobWork.Instance(
                        agent, request.epoch(), request.workers(), NodeLogs.nextWorker(node));
        Path work = Path.of(PodPlaces.WORK);
        WorkerFiles files =
                new WorkerFiles(
                        work.resolve("harness"),
                        work.resolve("code"),
                        segments,
                        work.resolve("logs"),
                        work.resolve("workers"));
        String python = launch.python().orElse("");
        return MessageText.write(
                new ConfigMessages(), work().config(instance, files, python, List.of(), outfit()));
    }

    private JobWork work() {
        EffectiveSettings settings = launch.settings();
        return new JobWork(
                draft.name(),
                placed.job(),
                settings,
                launch.argv(),
                Secrets.of(draft.home()).resolve(placed.job().settings().environmentVariables()),
                placed.outputFolder().map(Path::toString),
                placed.source(settings).taking(old),
                placed.target(
                        settings.rowOutput().fileName(),
                        settings.rowOutput().dataframeHeader(),
                        segments),
                launch.environment().map(what -> new WantedEnvironment(what, Optional.empty())));
    }

    private Outfit outfit() throws IOException {
        JobFolder folder = draft.folder();
        Files.createDirectories(folder.instances());
        List<Outfit.Archived> inputs = new ArrayList<>();
        for (HandedOut one : handedOut) {
            FolderArchive archive = FolderArchive.input(folder, one.name(), one.here());
            inputs.add(new Outfit.Archived(one.name(), archive.sha256(), one.folder()));
        }
        List<Path> folders = new ArrayList<>(placed.foldersToMake());
        folders.add(segments);
        String code = FolderArchive.code(folder).sha256();
        return new Outfit(Optional.of(code), inputs, folders, placed.needed());
    }
}
