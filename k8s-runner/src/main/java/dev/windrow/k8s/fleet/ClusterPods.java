package dev.windrow.k8s.fleet;

import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.OurObjects;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodPlaces;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
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

    /** Bounds what an agent may take to give back its work and to send its last logs. */
    private static final long GRACE_SECONDS = 25;

    private final OurObjects objects;
    private final SharedIndexInformer<Pod> informer;
    private final Map<String, Runnable> watchers = new ConcurrentHashMap<>();

    /**
     * Begins to watch; the first picture comes soon after.
     *
     * @param connection stays open when this is closed
     */
    ClusterPods(Connection connection, String namespace, String installation) {
        this.objects = new OurObjects(connection, namespace);
        this.informer =
                connection
                        .client()
                        .pods()
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
        return objects.warnings(pod);
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
                        .withLabels(labels)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withType("windrow.dev/fleet")
                        .addToStringData(PodPlaces.TOKEN, token)
                        .build();
        return objects.keep(wanted);
    }

    @Override
    public void create(Pod pod) {
        objects.create(pod);
    }

    @Override
    public void delete(String pod) {
        objects.deletePod(pod, GRACE_SECONDS);
    }

    /** Pods at last: while there are some, a later look finds what is left. */
    @Override
    public void deleteFleet(String fleet) {
        objects.deleteSecret(fleet);
        objects.deletePods(ObjectNames.FLEET, fleet, GRACE_SECONDS);
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
