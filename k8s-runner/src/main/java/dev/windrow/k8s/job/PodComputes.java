package dev.windrow.k8s.job;

import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.fleet.PodWatches;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.ComputeProvider;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.PreparedJob;
import java.time.InstantSource;

/** Runs jobs in pods of attached namespaces. */
public final class PodComputes implements ComputeProvider {

    private final Connections connections;
    private final PodWatches watches;

    public PodComputes(Connections connections) {
        this.connections = connections;
        this.watches = new PodWatches(connections);
    }

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public PreparedJob prepare(JobDraft draft) {
        ClusterTarget target =
                draft.cluster()
                        .orElseThrow(() -> new IllegalArgumentException("cluster: none given"));
        Mistakes mistakes = new Mistakes(draft.loaded());
        ClusterPlaces places = ClusterPlaces.resolve(draft, mistakes);
        PodShape shape = PodShape.of(draft.loaded().job(), connections, target, mistakes);
        mistakes.check();
        return new ClusterJob(
                draft,
                new ClusterJob.Cluster(target, connections, watches),
                places,
                shape,
                InstantSource.system());
    }
}
