package dev.windrow.local;

import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.engine.compute.Compute;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.runtime.compute.PreparedJob;
import dev.windrow.runtime.secret.Secrets;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.side.PlanSource;
import dev.windrow.worker.side.PublishTarget;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A job whose places on this machine are known. */
final class LocalJob implements PreparedJob {

    private final JobDraft draft;
    private final LocalPlaces places;
    private final Devices devices = Devices.find();

    LocalJob(JobDraft draft, LocalPlaces places) {
        this.draft = draft;
        this.places = places;
    }

    @Override
    public String inputText(String name) {
        return known(places.inputs(), name).toString();
    }

    @Override
    public String outputText(String name) {
        return known(places.outputs(), name).path().toString();
    }

    private static <T> T known(Map<String, T> map, String name) {
        return Optional.ofNullable(map.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no path of the name " + name));
    }

    @Override
    public Map<String, String> outputs(String fileName) {
        Map<String, String> paths = new LinkedHashMap<>();
        places.outputs()
                .forEach((name, place) -> {
                    boolean rows = job().task().appendRowTo().filter(name::equals).isPresent();
                    Path path = rows ? aggregate(place, fileName) : place.path();
                    paths.put(name, path.toString());
                });
        return paths;
    }

    @Override
    public Optional<Path> partialOutput(String fileName) {
        return target(fileName, false).map(PublishTarget::partial);
    }

    @Override
    public void checkVacant(String fileName) {
        OutputGuard.check(draft.loaded(), places.outputs(), fileName);
    }

    @Override
    public PlanNames names(byte[] payload) {
        return ChunkItems.of(payload);
    }

    private static Path aggregate(OutputPlace place, String fileName) {
        return place.aggregateFile("append_row_file_name", fileName);
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

    LocalPlaces places() {
        return places;
    }

    PlanSource source(EffectiveSettings settings) {
        return PlanSource.of(job(), settings, known(places.inputs(), job().split().input()));
    }

    Optional<PublishTarget> target(EffectiveSettings settings) {
        return target(settings.rowOutput().fileName(), settings.rowOutput().dataframeHeader());
    }

    private Optional<PublishTarget> target(String fileName, boolean header) {
        return job().task()
                .appendRowTo()
                .map(name -> known(places.outputs(), name))
                .map(place ->
                        new PublishTarget(
                                aggregate(place, fileName),
                                draft.name(),
                                draft.folder().segments(),
                                header));
    }

    /**
     * The folder a script writes its own files to: the one named by {@code output_data}, else that
     * of the collected rows, else the only output there is.
     */
    Optional<Path> outputFolder() {
        Optional<String> named =
                job().outputData()
                        .or(() -> job().task().appendRowTo())
                        .or(() ->
                                places.outputs().size() == 1
                                        ? places.outputs().keySet().stream().findFirst()
                                        : Optional.empty());
        return named.map(name -> known(places.outputs(), name)).map(OutputPlace::folder);
    }

    /** Folders that have to be there before a script may write to them. */
    Iterable<Path> foldersToMake() {
        return places.outputs().values().stream()
                .map(place -> place.kind() == PlaceKind.URI_FILE ? place.folder() : place.path())
                .toList();
    }
}
