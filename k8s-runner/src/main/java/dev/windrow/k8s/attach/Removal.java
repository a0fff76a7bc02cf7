package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Removes what this server has made in a namespace for a compute, which labels tell. */
final class Removal {

    private static final long GRACE_SECONDS = 10;
    private static final long WAIT_SECONDS = 40;

    private final KubernetesClient client;
    private final Calls calls;
    private final String namespace;
    private final Map<String, String> ours;
    private final Mending mending;

    Removal(Connection connection, ClusterTarget target) {
        this.client = connection.client();
        this.calls = connection.calls();
        this.namespace = target.attachment().namespace();
        this.ours =
                Map.of(
                        ObjectNames.INSTALLATION,
                        target.installation(),
                        ObjectNames.COMPUTE,
                        ObjectNames.computeLabel(target.id()));
        this.mending = Mending.of(target);
    }

    /**
     * Removes it, and waits until pods are gone; harmless when there is nothing.
     *
     * @throws ClusterException with what is left
     */
    void all() throws InterruptedException {
        try {
            calls.change(() -> pods().withGracePeriod(GRACE_SECONDS).delete());
            calls.change(() -> client.secrets().inNamespace(namespace).withLabels(ours).delete());
        } catch (RefusedException e) {
            throw left(String.valueOf(e.getMessage()), "");
        }
        await();
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
        return client.pods().inNamespace(namespace).withLabels(ours);
    }

    private void await() throws InterruptedException {
        CompletableFuture<List<Pod>> gone = pods().informOnCondition(List::isEmpty);
        try {
            gone.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException _) {
            throw left("pods of this server have not ended", machines());
        } finally {
            gone.cancel(true);
        }
    }

    private String machines() {
        try {
            return mending.ofMachines(calls.read(() -> pods().list()).getItems());
        } catch (RefusedException _) {
            return "";
        }
    }

    private ClusterException left(String why, String more) {
        String command = mending.inNamespace("delete pods,secrets --selector " + selector());
        return new ClusterException(
                "OBJECTS_LEFT",
                "namespace: %s is not clean: %s; mend it: %s%s"
                        .formatted(namespace, why, command, more));
    }

    private String selector() {
        return new TreeMap<>(ours)
                .entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(","));
    }
}
