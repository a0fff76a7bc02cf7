package dev.windrow.k8s.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.k8s.TestCluster;
import dev.windrow.k8s.access.ClusterAccess;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodOrder;
import dev.windrow.k8s.pod.ServerForPods;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.model.compute.Toleration;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.gateway.EngineSink;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of hundreds of pods, on machines that only say that they run them. */
final class ManyPodsClusterTest {

    private static final String COMPUTE = "/workspaces/default/computes/gpu";
    private static final String JOB = "/jobs/many";
    private static final ObjectNames NAMES = new ObjectNames("ours", COMPUTE, JOB, 7);
    private static final int MANY = 300;
    private static final int FEWER = 100;
    private static final long LIMIT_SECONDS = 120;

    /** Ten a second, and one whose second has just begun. */
    private static final long A_SECOND = 11;

    private static final long HEAP_MOST = 50L << 20;

    @TempDir Path folder;
    private TestCluster cluster;
    private FakeMachines machines;
    private RequestCounts counts;

    /** Nobody comes. */
    private static final class Door implements EngineDoor {
        @Override
        public Connection connect(int agent, EngineSink sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ended(int agent, String how, boolean byItself) {}
    }

    /** Nobody asks. */
    private static final class Texts implements AgentTexts {
        @Override
        public void prepare() {}

        @Override
        public boolean wantEnvironment() {
            return false;
        }

        @Override
        public byte[] of(int agent, ComputeRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        cluster = TestCluster.orSkip();
        machines = new FakeMachines(4, folder);
        cluster.apply(ClusterManifest.yaml(cluster.namespace()));
        counts =
                new RequestCounts(
                        cluster.client(), cluster.namespace(), ClusterManifest.SERVER_ACCOUNT);
    }

    @AfterEach
    void remove() throws Exception {
        if (counts != null) {
            counts.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (machines != null) {
            machines.close();
        }
    }

    @Test
    void makesScalesAndRemovesHundredsOfPodsAtTenChangesASecond() throws Exception {
        PodCompute compute =
                PodCompute.open(
                        new PodWatches(new Connections(new ClusterAccess(Map.of()))),
                        new PodCompute.Plan(
                                cluster.target(COMPUTE), NAMES, order(), folder.resolve("numbers")),
                        new Door(),
                        () -> "token",
                        new Texts(),
                        InstantSource.system());
        long before = heap();
        compute.scaleTo(JOB, new ComputeRequest(JOB, 1, MANY));
        awaitPods(pods -> pods.size() == MANY && pods.stream().allMatch(ManyPodsClusterTest::runs));

        assertThat(numbers()).isEqualTo(upTo(MANY));
        Map<String, Long> bySecond =
                pods().stream()
                        .collect(
                                Collectors.groupingBy(
                                        pod -> pod.getMetadata().getCreationTimestamp(),
                                        Collectors.counting()));
        assertThat(bySecond.values()).allMatch(made -> made <= A_SECOND);
        assertThat(compute.observe(JOB).waits())
                .contains("runs, but its agent has not come from there to http://10.88.0.1:7480");
        assertThat(heap() - before).isLessThan(HEAP_MOST);

        compute.scaleTo(JOB, new ComputeRequest(JOB, 1, FEWER));
        awaitPods(pods -> pods.size() == FEWER);
        assertThat(numbers()).isEqualTo(upTo(FEWER));

        assertThat(compute.observe(JOB).gone())
                .isEqualTo(new TreeSet<>(upTo(MANY).subList(FEWER, MANY)));

        compute.release(JOB);
        awaitPods(List::isEmpty);
        assertThat(
                        cluster.client()
                                .secrets()
                                .inNamespace(cluster.namespace())
                                .withName(NAMES.fleet())
                                .get())
                .isNull();
        assertThat(counts.all())
                .containsEntry("create", MANY)
                .hasEntrySatisfying(
                        // Of pods, and of the Secret.
                        "delete", count -> assertThat(count).isEqualTo(MANY - FEWER + 1))
                .containsEntry("deletecollection", 1)
                .containsEntry("patch", 1)
                .containsEntry("watch", 1)
                .hasEntrySatisfying("list", count -> assertThat(count).isBetween(1, 20));
    }

    private static boolean runs(Pod pod) {
        return "Running".equals(pod.getStatus().getPhase());
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void awaitPods(Predicate<List<Pod>> there) throws Exception {
        var found =
                cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withLabel(ObjectNames.FLEET, NAMES.fleet())
                        .informOnCondition(there);
        try {
            assertThat(found.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
        } finally {
            found.cancel(true);
        }
    }

    private List<Pod> pods() {
        return cluster.client().pods().inNamespace(cluster.namespace()).list().getItems();
    }

    private List<Integer> numbers() {
        return pods().stream()
                .map(pod -> ObjectNames.instance(pod.getMetadata().getLabels()).orElseThrow())
                .sorted()
                .toList();
    }

    private static List<Integer> upTo(int number) {
        return IntStream.range(0, number).boxed().toList();
    }

    private static PodOrder order() {
        return new PodOrder(
                "job",
                "agent",
                ServerForPods.at("http://10.88.0.1:7480"),
                ClusterManifest.JOB_ACCOUNT,
                new PodOrder.Size(Map.of("cpu", "100m"), Map.of()),
                new PodOrder.Where(
                        Map.of("windrow.test/fake", "yes"),
                        List.of(
                                new Toleration(
                                        Optional.of("windrow.test/fake"),
                                        Optional.empty(),
                                        Optional.empty())),
                        Optional.empty(),
                        Optional.empty()),
                List.of(),
                Optional.empty(),
                List.of());
    }
}
