package dev.windrow.k8s.fleet;

import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.access.OurObjects;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterProvider.Run;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Removes pods of jobs that have ended while their cluster was away, or their server; whose pods
 * they are, labels tell.
 */
public final class StrayFleets {

    private static final long GRACE_SECONDS = 10;
    private static final String AGENT = "agent";

    private final Connections connections;

    public StrayFleets(Connections connections) {
        this.connections = connections;
    }

    /**
     * Removes those of the installation that belong to none of these runs. Blocks on the network.
     *
     * @param unfinished asked for after the pods were listed, so that none is missed which has just
     *     begun
     * @throws ClusterException when the cluster does not let it
     */
    public void remove(ClusterTarget target, Supplier<Set<Run>> unfinished) {
        try (Connection connection = connections.open(target)) {
            String namespace = target.attachment().namespace();
            Set<String> fleets = fleets(connection, namespace, target.installation());
            if (fleets.isEmpty()) {
                return;
            }
            unfinished.get().stream()
                    .map(run -> names(target, run).fleet())
                    .forEach(fleets::remove);
            OurObjects objects = new OurObjects(connection, namespace);
            fleets.forEach(fleet -> remove(objects, fleet));
        } catch (RefusedException e) {
            throw new ClusterException("CLUSTER_REFUSES", String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNames names(ClusterTarget target, Run run) {
        return new ObjectNames(
                target.installation(), target.id(), run.job(), run.submittedAt().toEpochMilli());
    }

    private static Set<String> fleets(
            Connection connection, String namespace, String installation) {
        List<Pod> pods =
                connection
                        .calls()
                        .read(() ->
                                connection
                                        .client()
                                        .pods()
                                        .inNamespace(namespace)
                                        .withLabel(ObjectNames.INSTALLATION, installation)
                                        .withLabel(ObjectNames.COMPONENT, AGENT)
                                        .withLabel(ObjectNames.FLEET)
                                        .list()
                                        .getItems());
        return pods.stream()
                .map(pod -> Map.copyOf(pod.getMetadata().getLabels()))
                .map(labels -> labels.getOrDefault(ObjectNames.FLEET, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Pods at last: while there are some, a later look finds what is left. */
    private static void remove(OurObjects objects, String fleet) {
        objects.deleteSecret(fleet);
        objects.deletePods(ObjectNames.FLEET, fleet, GRACE_SECONDS);
    }
}
