package dev.windrow.k8s.job;

import dev.windrow.engine.compute.Compute;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.fleet.PodCompute;
import dev.windrow.k8s.fleet.PodWatches;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodOrder;
import dev.windrow.k8s.pod.PodPlaces;
import dev.windrow.k8s.pod.ServerForPods;
import dev.windrow.model.EffectiveSettings.Staffing;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.runtime.compute.PreparedJob;
import dev.windrow.runtime.compute.RowsToTake;
import dev.windrow.worker.PlacedJob;
import dev.windrow.worker.side.ItemList;
import dev.windrow.worker.side.OldRows;
import dev.windrow.worker.side.PublishTarget;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A job whose places in its pods are known. */
final class ClusterJob implements PreparedJob {

    private final JobDraft draft;
    private final Cluster cluster;
    private final ClusterTarget target;
    private final ClusterPlaces places;
    private final PodShape shape;
    private final PlacedJob placed;
    private final InstantSource clock;

    /** Where its pods are. */
    record Cluster(ClusterTarget target, Connections connections, PodWatches watches) {}

    ClusterJob(
            JobDraft draft,
            Cluster cluster,
            ClusterPlaces places,
            PodShape shape,
            InstantSource clock) {
        this.clock = clock;
        this.draft = draft;
        this.cluster = cluster;
        this.target = cluster.target();
        this.places = places;
        this.shape = shape;
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

    /** As users name them: paths of pods mean nothing elsewhere. */
    @Override
    public Map<String, String> outputs(String fileName) {
        Map<String, String> texts = new LinkedHashMap<>();
        placed.outputPaths(fileName)
                .forEach((name, path) ->
                        texts.put(name, places.uri(path).orElseGet(path::toString)));
        return texts;
    }

    @Override
    public Optional<String> partialOutput(String fileName) {
        return placed.target(fileName, false, Path.of(PodPlaces.SEGMENTS))
                .map(PublishTarget::partial)
                .map(path -> places.uri(path).orElseGet(path::toString));
    }

    /** What must not be replaced is refused when places are resolved. */
    @Override
    public void checkVacant(String fileName) {}

    /** Several machines do not share every volume. */
    @Override
    public void checkStaffing(Staffing staffing) {
        Mistakes mistakes = new Mistakes(draft.loaded());
        new Claims(target.attachment().namespace(), staffing.instanceCount(), mistakes)
                .check(cluster.connections(), target, places);
        mistakes.check();
    }

    @Override
    public PlanNames names(byte[] payload) {
        return ItemList.of(payload)::names;
    }

    @Override
    public InstanceSize instanceSize(int instances) {
        return new InstanceSize(shape.cpus(), shape.gpus());
    }

    @Override
    public Compute compute(Launch launch, EngineDoor door) {
        Entrance entrance =
                launch.entrance()
                        .orElseThrow(() -> new IllegalStateException("no server to come back to"));
        ObjectNames names =
                new ObjectNames(
                        target.installation(),
                        target.id(),
                        entrance.job(),
                        entrance.submittedAt().toEpochMilli());
        Path numbers = draft.folder().instances().resolve("numbers");
        return PodCompute.open(
                cluster.watches(),
                new PodCompute.Plan(target, names, order(launch), numbers),
                door,
                entrance.token(),
                configs(launch, segments(names)),
                clock);
    }

    private PodConfigs configs(Launch launch, Path segments) {
        return new PodConfigs(
                draft,
                placed,
                places.handedOut(),
                launch,
                new PodConfigs.Rows(segments, launch.rows().map(rows -> old(rows, segments))));
    }

    private OldRows old(RowsToTake rows, Path segments) {
        Path file =
                places.path(rows.place())
                        .orElseThrow(() ->
                                new IllegalStateException("old rows: no path " + rows.place()));
        return new OldRows(
                file,
                rows.mark(),
                segments.resolve(RowsToTake.SEGMENT),
                rows.place(),
                rows.planned());
    }

    /** On the volume of the rows' target, so that whoever publishes them sees them all. */
    private Path segments(ObjectNames names) {
        return job().task()
                .appendRowTo()
                .flatMap(output ->
                        Optional.ofNullable(places.outputs().get(output))
                                .flatMap(place -> places.root(place.path())))
                .map(root -> root.resolve(names.hidden()))
                .orElse(Path.of(PodPlaces.SEGMENTS));
    }

    private PodOrder order(Launch launch) {
        PodTerms terms = target.attachment().pods();
        int pods = launch.settings().staffing().instanceCount();
        return new PodOrder(
                shape.image(),
                target.images().agent(),
                ServerForPods.of(target),
                terms.serviceAccount(),
                shape.size(),
                new PodOrder.Where(
                        shape.type().nodeSelector(),
                        terms.tolerations(),
                        terms.priorityClass(),
                        terms.queue().map(name -> new PodOrder.Queue(name, pods))),
                places.volumes(),
                shape.shared(),
                terms.pullSecrets());
    }

    private ParallelJob job() {
        return draft.loaded().job();
    }
}
