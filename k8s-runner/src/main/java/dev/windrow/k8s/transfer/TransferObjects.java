package dev.windrow.k8s.transfer;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodPlaces;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import java.util.Comparator;
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
    private static final long EVENTS_MOST = 50;

    private final KubernetesClient client;
    private final String namespace;
    private final String installation;
    private final Calls calls;

    /**
     * @param client stays open
     */
    TransferObjects(KubernetesClient client, ClusterTarget target, Calls calls) {
        this.client = client;
        this.namespace = target.attachment().namespace();
        this.installation = target.installation();
        this.calls = calls;
    }

    /** Makes the Secret that owns an agent's pod and holds its token. */
    OwnerReference keep(ObjectNames names, String token) {
        Secret wanted =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName(names.fleet())
                        .withNamespace(namespace)
                        .withLabels(names.transferLabels())
                        .withAnnotations(Map.of(ObjectNames.JOB, names.job()))
                        .endMetadata()
                        .withType("windrow.dev/transfer")
                        .addToStringData(PodPlaces.TOKEN, token)
                        .build();
        Secret made =
                calls.change(() -> client.resource(wanted).forceConflicts().serverSideApply());
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withName(names.fleet())
                .withUid(made.getMetadata().getUid())
                .build();
    }

    void create(Pod pod) {
        Pod _ =
                calls.change(() -> {
                    var there = client.pods().inNamespace(namespace).resource(pod);
                    Pod known = there.get();
                    return known == null ? there.create() : known;
                });
    }

    Optional<Pod> pod(String name) {
        return Optional.ofNullable(
                calls.read(() -> client.pods().inNamespace(namespace).withName(name).get()));
    }

    /** Warnings about a pod, the oldest first. */
    List<Event> warnings(String pod) {
        return calls
                .read(() ->
                        client.v1()
                                .events()
                                .inNamespace(namespace)
                                .withField("involvedObject.name", pod)
                                .withField("type", "Warning")
                                .list(new ListOptionsBuilder().withLimit(EVENTS_MOST).build()))
                .getItems()
                .stream()
                .sorted(Comparator.comparing(TransferObjects::at))
                .toList();
    }

    private static String at(Event event) {
        String last = event.getLastTimestamp();
        return last == null ? "" : last;
    }

    /** Removes an agent's pod and Secret; harmless when there are none. */
    void remove(String name) {
        calls.change(() ->
                client.pods()
                        .inNamespace(namespace)
                        .withName(name)
                        .withGracePeriod(GRACE_SECONDS)
                        .delete());
        calls.change(() ->
                client.secrets()
                        .inNamespace(namespace)
                        .withName(name)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
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
