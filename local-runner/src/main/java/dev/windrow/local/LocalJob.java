package dev.windrow.local;

import dev.windrow.engine.compute.Compute;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.runtime.compute.PreparedJob;
import dev.windrow.runtime.secret.Secrets;
import dev.windrow.worker.PlacedJob;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.side.ItemList;
import dev.windrow.worker.side.PublishTarget;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A job whose places on this machine are known. */
final class LocalJob implements PreparedJob {

    private final JobDraft draft;
    private final PlacedJob placed;
    private final Devices devices = Devices.find();

    LocalJob(JobDraft draft, LocalPlaces places) {
        this.draft = draft;
        this.placed = new PlacedJob(draft.name(), job(), places.inputs(), places.outputs());
    }

    @Override
    public String inputText(String name) {
        return placed.inputText(name);
    }

    @Override
    public String outputText(String name) {
        return placed.outputText(name);
    }

    @Override
    public Map<String, String> outputs(String fileName) {
        Map<String, String> texts = new LinkedHashMap<>();
        placed.outputPaths(fileName).forEach((name, path) -> texts.put(name, path.toString()));
        return texts;
    }

    @Override
    public Optional<String> partialOutput(String fileName) {
        return target(fileName, false).map(PublishTarget::partial).map(Path::toString);
    }

    @Override
    public void checkVacant(String fileName) {
        OutputGuard.check(draft.loaded(), placed.outputs(), fileName);
    }

    @Override
    public PlanNames names(byte[] payload) {
        return ItemList.of(payload)::names;
    }

    /** The CPUs are divided among the instances, which share them. */
    @Override
    public InstanceSize instanceSize(int instances) {
        int cpus = Runtime.getRuntime().availableProcessors() / instances;
        return new InstanceSize(Math.max(1, cpus), devices.indexes().size());
    }

    /** Its instances share what the machine has. */
    @Override
    public int gpus(int instances) {
        return devices.indexes().size();
    }

    @Override
    public Compute compute(Launch launch, EngineDoor door) {
        AgentPlan plan = new AgentPlan(draft, this, launch);
        return launch.entrance()
                .<Compute>map(entrance -> new ServedCompute(plan, door, entrance))
                .orElseGet(() -> new LocalCompute(plan, door));
    }

    ParallelJob job() {
        return draft.loaded().job();
    }

    /** What the script finds in its environment; holds secrets, so it is for workers alone. */
    Map<String, String> environment() {
        return Secrets.of(draft.home()).resolve(job().settings().environmentVariables());
    }

    Devices devices() {
        return devices;
    }

    PlacedJob placed() {
        return placed;
    }

    Optional<PublishTarget> target(EffectiveSettings settings) {
        return target(settings.rowOutput().fileName(), settings.rowOutput().dataframeHeader());
    }

    private Optional<PublishTarget> target(String fileName, boolean header) {
        return placed.target(fileName, header, draft.folder().segments());
    }
}
