package dev.windrow.k8s.fleet;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodPlaces;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pods of one installation in one namespace of a real cluster: one list and one watch, whatever
 * the number of jobs, and a whole list again every ten minutes.
 */
final class ClusterPods implements PodPort, AutoCloseable {

    private static final String BY_FLEET = "fleet";
    private static final long RESYNC_MILLIS = 600_000;
    private static final long EVENTS_MOST = 50;
    private static final int CONFLICT = 409;

    /** Bounds what an agent may take to give back its work. */
    private static final long GRACE_SECONDS = 10;

    private final KubernetesClient client;
    private final String namespace;
    private final Calls calls;
    private final SharedIndexInformer<Pod> informer;
    private final Map<String, Runnable> watchers = new ConcurrentHashMap<>();

    /**
     * Begins to watch; the first picture comes soon after.
     *
     * @param client stays open when this is closed
     */
    ClusterPods(KubernetesClient client, String namespace, String installation, Calls calls) {
        this.client = client;
        this.namespace = namespace;
        this.calls = calls;
        this.informer =
                client.pods()
                        .inNamespace(namespace)
                        .withLabel(ObjectNames.INSTALLATION, installation)
                        .runnableInformer(RESYNC_MILLIS);
        informer.addIndexers(Map.of(BY_FLEET, pod -> List.of(fleet(pod))));
        informer.addEventHandler(new Changes());
        // Goes on trying when the cluster is away, now or later.
        informer.exceptionHandler((_, _) -> true);
        var _ = informer.start();
    }

    private static String fleet(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(ObjectNames.FLEET, "");
    }

    /** Wakes whoever looks after the fleet of a pod. */
    private final class Changes implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            wake(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            wake(after);
        }

        @Override
        public void onDelete(Pod pod, boolean unsure) {
            wake(pod);
        }

        private void wake(Pod pod) {
            watchers.getOrDefault(fleet(pod), () -> {}).run();
        }
    }

    @Override
    public List<Pod> pods(String fleet) {
        return informer.getIndexer().byIndex(BY_FLEET, fleet);
    }

    @Override
    public boolean isSynced() {
        return informer.hasSynced();
    }

    @Override
    public List<Event> events(String pod) {
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
                    .sorted(Comparator.comparing(ClusterPods::at))
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

    @Override
    public OwnerReference keep(
            String fleet,
            Map<String, String> labels,
            Map<String, String> annotations,
            String token) {
        Secret wanted =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName(fleet)
                        .withNamespace(namespace)
                        .withLabels(labels)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withType("windrow.dev/fleet")
                        .addToStringData(PodPlaces.TOKEN, token)
                        .build();
        Secret made =
                calls.change(() -> client.resource(wanted).forceConflicts().serverSideApply());
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withName(fleet)
                .withUid(made.getMetadata().getUid())
                .build();
    }

    @Override
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

    @Override
    public void delete(String pod) {
        calls.change(() ->
                client.pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .withGracePeriod(GRACE_SECONDS)
                        .delete());
    }

    @Override
    public void deleteFleet(String fleet) {
        // Pods at last: while there are some, a later look finds what is left.
        calls.change(() ->
                client.secrets()
                        .inNamespace(namespace)
                        .withName(fleet)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
        calls.change(() ->
                client.pods()
                        .inNamespace(namespace)
                        .withLabel(ObjectNames.FLEET, fleet)
                        .withGracePeriod(GRACE_SECONDS)
                        .delete());
    }

    @Override
    public AutoCloseable watch(String fleet, Runnable changed) {
        watchers.put(fleet, changed);
        return () -> watchers.remove(fleet, changed);
    }

    @Override
    public void close() {
        informer.stop();
    }
}
