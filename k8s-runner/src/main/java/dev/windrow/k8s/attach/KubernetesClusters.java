package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.ClusterAccess;
import dev.windrow.k8s.fleet.StrayFleets;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.transfer.VolumePods;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.VolumeAgent;
import dev.windrow.runtime.compute.VolumeOrder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Attaches namespaces of Kubernetes clusters. */
public final class KubernetesClusters implements ClusterProvider {

    private final ClusterAccess access = new ClusterAccess(System.getenv());
    private final VolumePods volumes = new VolumePods(access);

    @Override
    public String kind() {
        return "kubernetes";
    }

    /**
     * Looks at everything, and tells of all that is wrong at once, a line for each. When nothing
     * is, a pod tries whether it reaches the server.
     *
     * @throws ClusterException with the code of what is wrong, {@code CHECKS_FAILED} when that is
     *     more than one thing
     */
    @Override
    public ClusterFindings verify(ClusterTarget target, Instant until) throws InterruptedException {
        Surveyed seen = verified(target);
        List<Check> wrong = seen.checks().stream().filter(one -> !one.ok()).toList();
        if (wrong.isEmpty()) {
            return seen.findings();
        }
        throw new ClusterException(
                wrong.size() == 1 ? wrong.getFirst().code() : "CHECKS_FAILED",
                wrong.stream().map(Check::message).collect(Collectors.joining("\n")));
    }

    @Override
    public ClusterFindings look(ClusterTarget target, Instant until) throws InterruptedException {
        try (KubernetesClient client = access.open(target)) {
            return new Survey(client, new Calls(target.id()), target, false).all().findings();
        }
    }

    private Surveyed verified(ClusterTarget target) throws InterruptedException {
        try (KubernetesClient client = access.open(target)) {
            Calls calls = new Calls(target.id());
            Surveyed seen =
                    new Survey(client, calls, target, target.attachment().createNamespace()).all();
            // Where something else is wrong a pod would only show that again.
            return seen.isGood()
                    ? seen.with(new Probe(client, calls, target).look(seen.usualMachines()))
                    : seen;
        }
    }

    @Override
    public void clean(ClusterTarget target, Instant until) throws InterruptedException {
        try (KubernetesClient client = access.open(target)) {
            new Removal(client, new Calls(target.id()), target).all();
        }
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
        StrayFleets.remove(target, unfinished);
    }

    @Override
    public Optional<String> hiddenFolder(ClusterTarget target, String job, Instant submittedAt) {
        ObjectNames names = new ObjectNames(target.installation(), job, submittedAt.toEpochMilli());
        return Optional.of(names.hidden());
    }
}
