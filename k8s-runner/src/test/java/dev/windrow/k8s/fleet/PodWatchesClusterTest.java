package dev.windrow.k8s.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.TestCluster;
import dev.windrow.k8s.access.ClusterAccess;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.model.compute.ClusterManifest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One watch for all jobs of a namespace, on a real cluster. */
final class PodWatchesClusterTest {

    private static final ObjectNames FIRST = new ObjectNames("ours", "/computes/gpu", "/jobs/a", 1);
    private static final ObjectNames SECOND =
            new ObjectNames("ours", "/computes/gpu", "/jobs/b", 1);

    @Test
    void jobsOfANamespaceShareOneWatchAndEachHearsOfItsOwnPods() throws Exception {
        try (TestCluster cluster = TestCluster.orSkip()) {
            cluster.apply(ClusterManifest.yaml(cluster.namespace()));
            PodWatches watches = new PodWatches(new Connections(new ClusterAccess(Map.of())));
            PodWatches.Lease first =
                    watches.open(cluster.target("/workspaces/default/computes/gpu"));
            PodWatches.Lease second =
                    watches.open(cluster.target("/workspaces/default/computes/gpu"));
            assertThat(second.pods()).isSameAs(first.pods());
            Semaphore ofFirst = new Semaphore(0);
            Semaphore ofSecond = new Semaphore(0);
            first.pods().watch(FIRST.fleet(), ofFirst::release);
            second.pods().watch(SECOND.fleet(), ofSecond::release);

            first.end().run();
            assertThat(watches.count()).as("the other needs it").isOne();
            second.pods().create(pod(SECOND));

            assertThat(ofSecond.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.pods().pods(SECOND.fleet()))
                    .extracting(pod -> pod.getMetadata().getName())
                    .containsExactly(SECOND.pod(0));
            assertThat(second.pods().pods(FIRST.fleet())).isEmpty();
            assertThat(ofFirst.availablePermits()).isZero();

            second.end().run();
            assertThat(watches.count()).isZero();
            PodWatches.Lease later =
                    watches.open(cluster.target("/workspaces/default/computes/gpu"));
            assertThat(later.pods()).isNotSameAs(first.pods());
            later.end().run();
        }
    }

    /** One that never finds a machine. */
    private static Pod pod(ObjectNames names) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(names.pod(0))
                .withLabels(names.labels())
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector("windrow-test", "nowhere")
                .addNewContainer()
                .withName("worker")
                .withImage("windrow.test/python:3.11")
                .endContainer()
                .endSpec()
                .build();
    }
}
