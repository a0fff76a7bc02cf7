package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.OurObjects;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.ProbePodFactory;
import dev.windrow.k8s.pod.ServerForPods;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A pod that is made, looked at and removed, to see whether pods reach the server. One that a
 * server which was killed has left is removed by the next look, and when the compute is detached.
 */
final class Probe {

    private static final long LONGEST_SECONDS = 90;

    private final KubernetesClient client;
    private final Calls calls;
    private final ClusterTarget target;
    private final ProbePodFactory factory;
    private final ProbeReading reading;
    private final OurObjects objects;

    Probe(Connection connection, ClusterTarget target) {
        this.client = connection.client();
        this.calls = connection.calls();
        this.target = target;
        this.factory = new ProbePodFactory(target.installation(), target.id());
        this.reading = new ProbeReading(target);
        this.objects = new OurObjects(connection, namespace());
    }

    /**
     * Looks; blocks for about a minute and a half at most.
     *
     * @param nodeSelector labels of the machines that jobs run on
     */
    Check look(Map<String, String> nodeSelector) throws InterruptedException {
        Pod pod =
                factory.pod(
                        target.images().agent(),
                        ServerForPods.of(target),
                        target.attachment().pods(),
                        nodeSelector);
        try {
            remove();
            calls.change(() -> client.resource(pod).inNamespace(namespace()).create());
            Optional<Pod> seen = await();
            return seen.isEmpty()
                    ? reading.gone()
                    : reading.of(seen.get(), objects.warnings(factory.name()));
        } catch (RefusedException e) {
            return reading.refused(e);
        } finally {
            removeAtLast();
        }
    }

    private String namespace() {
        return target.attachment().namespace();
    }

    private PodResource pod() {
        return client.pods().inNamespace(namespace()).withName(factory.name());
    }

    /** The pod when it has ended, cannot begin, or nobody wants to wait any more. */
    private Optional<Pod> await() throws InterruptedException {
        CompletableFuture<List<Pod>> ended =
                pod().informOnCondition(pods -> pods.stream().anyMatch(ProbeReading::isKnown));
        try {
            return ended.get(LONGEST_SECONDS, TimeUnit.SECONDS).stream().findFirst();
        } catch (TimeoutException | ExecutionException _) {
            return Optional.ofNullable(calls.read(() -> pod().get()));
        } finally {
            ended.cancel(true);
        }
    }

    /** At once, as there is nothing that it could lose. */
    private void remove() {
        objects.deletePod(factory.name(), 0);
    }

    /** Also when the look is broken off; the client does nothing for a thread that is. */
    private void removeAtLast() {
        boolean broken = Thread.interrupted();
        try {
            remove();
        } catch (RefusedException _) {
            // The next look removes it, and so does a detach; it ends by itself before.
        } finally {
            if (broken) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
