package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.ClusterAccess;
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
     * Looks at everything, and tells of all that is wrong at once, a line for each.
     *
     * @throws ClusterException with the code of what is wrong, {@code CHECKS_FAILED} when that is
     *     more than one thing
     */
    @Override
    public ClusterFindings verify(ClusterTarget target, Instant until) throws InterruptedException {
        Surveyed seen = survey(target, target.attachment().createNamespace());
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
        return survey(target, false).findings();
    }

    private Surveyed survey(ClusterTarget target, boolean make) throws InterruptedException {
        try (KubernetesClient client = access.open(target)) {
            return new Survey(client, new Calls(target.id()), target, make).all();
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
    public Optional<String> hiddenFolder(ClusterTarget target, String job, Instant submittedAt) {
        ObjectNames names = new ObjectNames(target.installation(), job, submittedAt.toEpochMilli());
        return Optional.of(names.hidden());
    }
}
