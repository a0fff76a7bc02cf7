package dev.windrow.k8s.transfer;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.OurObjects;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodPlaces;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The objects in a namespace of agents that only move data. Every call throws {@link
 * dev.windrow.k8s.access.RefusedException} when the cluster does not want to.
 */
final class TransferObjects {

    private static final long GRACE_SECONDS = 5;

    private final KubernetesClient client;
    private final String namespace;
    private final String installation;
    private final Calls calls;
    private final OurObjects objects;

    /**
     * @param connection stays open
     */
    TransferObjects(Connection connection, ClusterTarget target) {
        this.client = connection.client();
        this.namespace = target.attachment().namespace();
        this.installation = target.installation();
        this.calls = connection.calls();
        this.objects = new OurObjects(connection, namespace);
    }

    /** Makes the Secret that owns an agent's pod and holds its token. */
    OwnerReference keep(ObjectNames names, String token) {
        Secret wanted =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName(names.fleet())
                        .withLabels(names.transferLabels())
                        .withAnnotations(Map.of(ObjectNames.JOB, names.job()))
                        .endMetadata()
                        .withType("windrow.dev/transfer")
                        .addToStringData(PodPlaces.TOKEN, token)
                        .build();
        return objects.keep(wanted);
    }

    void create(Pod pod) {
        objects.create(pod);
    }

    Optional<Pod> pod(String name) {
        return Optional.ofNullable(
                calls.read(() -> client.pods().inNamespace(namespace).withName(name).get()));
    }

    /** Warnings about a pod, the oldest first. */
    List<Event> warnings(String pod) {
        return objects.warnings(pod);
    }

    /** Removes an agent's pod and Secret; harmless when there are none. */
    void remove(String name) {
        objects.deletePod(name, GRACE_SECONDS);
        objects.deleteSecret(name);
    }

    /** Removes all agents of the installation but these; an account may not list Secrets. */
    void removeAllBut(Set<String> alive) {
        calls.change(() ->
                strays(client.pods().inNamespace(namespace), alive)
                        .withGracePeriod(GRACE_SECONDS)
                        .delete());
        calls.change(() -> strays(client.secrets().inNamespace(namespace), alive).delete());
    }

    private <T, L, R> FilterWatchListDeletable<T, L, R> strays(
            FilterWatchListDeletable<T, L, R> all, Set<String> alive) {
        FilterWatchListDeletable<T, L, R> ours =
                all.withLabel(ObjectNames.INSTALLATION, installation)
                        .withLabel(ObjectNames.COMPONENT, ObjectNames.TRANSFER);
        return alive.isEmpty()
                ? ours
                : ours.withLabelNotIn(ObjectNames.FLEET, alive.toArray(String[]::new));
    }
}
