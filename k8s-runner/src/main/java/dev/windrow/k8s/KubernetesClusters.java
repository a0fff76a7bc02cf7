package dev.windrow.k8s;

import dev.windrow.k8s.access.ClusterAccess;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.attach.Attaching;
import dev.windrow.k8s.fleet.StrayFleets;
import dev.windrow.k8s.job.PodComputes;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.transfer.VolumePods;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.ComputeProvider;
import dev.windrow.runtime.compute.VolumeAgent;
import dev.windrow.runtime.compute.VolumeOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Namespaces of Kubernetes clusters, and the jobs in their pods. */
public final class KubernetesClusters implements ClusterProvider {

    private final Attaching attaching;
    private final VolumePods volumes;
    private final PodComputes jobs;
    private final StrayFleets strays;

    /** Is let into clusters as this process's environment says. */
    public KubernetesClusters() {
        Connections connections = new Connections(new ClusterAccess(System.getenv()));
        this.attaching = new Attaching(connections);
        this.volumes = new VolumePods(connections);
        this.jobs = new PodComputes(connections);
        this.strays = new StrayFleets(connections);
    }

    @Override
    public String kind() {
        return jobs.kind();
    }

    @Override
    public Optional<ComputeProvider> runner() {
        return Optional.of(jobs);
    }

    @Override
    public ClusterFindings verify(ClusterTarget target, Instant until) throws InterruptedException {
        return attaching.verify(target);
    }

    @Override
    public ClusterFindings look(ClusterTarget target, Instant until) throws InterruptedException {
        return attaching.look(target);
    }

    @Override
    public void clean(ClusterTarget target, Instant until) throws InterruptedException {
        attaching.clean(target);
    }

    @Override
    public VolumeAgent startVolumeAgent(ClusterTarget target, VolumeOrder order) {
        return volumes.start(target, order);
    }

    @Override
    public void removeStrayVolumeAgents(ClusterTarget target) {
        volumes.removeStrays(target);
    }

    @Override
    public void removeStrayFleets(ClusterTarget target, Supplier<Set<Run>> unfinished) {
        strays.remove(target, unfinished);
    }

    @Override
    public Optional<String> hiddenFolder(ClusterTarget target, String job, Instant submittedAt) {
        ObjectNames names =
                new ObjectNames(
                        target.installation(), target.id(), job, submittedAt.toEpochMilli());
        return Optional.of(names.hidden());
    }
}
