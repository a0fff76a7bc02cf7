package dev.windrow.k8s.access;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;

/**
 * Makes and removes the Secrets and pods that a server has in one namespace. Calls block on the
 * network, and throw {@link RefusedException} when the cluster does not want to. Safe for use by
 * several threads.
 */
public final class OurObjects {

    private static final long EVENTS_MOST = 50;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String namespace;
    private final Calls calls;

    /**
     * @param connection stays open
     */
    public OurObjects(Connection connection, String namespace) {
        this.client = connection.client();
        this.namespace = namespace;
        this.calls = connection.calls();
    }

    /** Makes or renews a Secret, by which what it owns goes when it goes. */
    public OwnerReference keep(Secret wanted) {
        Secret made =
                calls.change(() ->
                        client.secrets()
                                .inNamespace(namespace)
                                .resource(wanted)
                                .forceConflicts()
                                .serverSideApply());
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withName(made.getMetadata().getName())
                .withUid(made.getMetadata().getUid())
                .build();
    }

    /** Makes a pod; one of the same name that is there already is as good. */
    public void create(Pod pod) {
        calls.change(() -> {
            try {
                return client.pods().inNamespace(namespace).resource(pod).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() == CONFLICT) {
                    return pod;
                }
                throw e;
            }
        });
    }

    /** Warnings about a pod, the oldest first; none when the cluster does not tell. */
    public List<Event> warnings(String pod) {
        try {
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
                    .sorted(Comparator.comparing(OurObjects::at))
                    .toList();
        } catch (RefusedException _) {
            // They would only tell more.
            return List.of();
        }
    }

    private static String at(Event event) {
        String last = event.getLastTimestamp();
        return last == null ? "" : last;
    }

    /** Deletes a pod; harmless when there is none. */
    public void deletePod(String name, long graceSeconds) {
        calls.change(() ->
                client.pods()
                        .inNamespace(namespace)
                        .withName(name)
                        .withGracePeriod(graceSeconds)
                        .delete());
    }

    /** Deletes the pods with a label; harmless when there are none. */
    public void deletePods(String label, String value, long graceSeconds) {
        calls.change(() ->
                client.pods()
                        .inNamespace(namespace)
                        .withLabel(label, value)
                        .withGracePeriod(graceSeconds)
                        .delete());
    }

    /** Deletes a Secret; harmless when there is none. */
    public void deleteSecret(String name) {
        calls.change(() ->
                client.secrets()
                        .inNamespace(namespace)
                        .withName(name)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
    }
}
