package dev.windrow.k8s.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.TestCluster;
import dev.windrow.k8s.access.ClusterAccess;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.runtime.compute.ClusterProvider.Run;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StrayFleetsClusterTest {

    private static final Instant THEN = Instant.ofEpochMilli(7);
    private static final ObjectNames ENDED =
            new ObjectNames("ours", "/computes/gpu", "/jobs/ended", 7);
    private static final ObjectNames RUNS =
            new ObjectNames("ours", "/computes/gpu", "/jobs/runs", 7);
    private static final ObjectNames OTHERS =
            new ObjectNames("theirs", "/computes/gpu", "/jobs/ended", 7);

    private TestCluster cluster;

    @BeforeEach
    void begin() {
        cluster = TestCluster.orSkip();
    }

    @AfterEach
    void remove() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private final StrayFleets strays =
            new StrayFleets(new Connections(new ClusterAccess(Map.of())));

    @Test
    void removesThePodsOfJobsThatHaveEndedAndNoOthers() {
        cluster.apply(ClusterManifest.yaml(cluster.namespace()));
        List.of(ENDED, RUNS, OTHERS).forEach(this::fleet);
        pod("no-fleet", Map.of(ObjectNames.INSTALLATION, "ours"));

        strays.remove(
                cluster.target("/workspaces/default/computes/gpu"),
                () -> Set.of(new Run(RUNS.job(), THEN)));

        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(ENDED.pod(0))
                .waitUntilCondition(pod -> pod == null, 30, TimeUnit.SECONDS);
        assertThat(pods()).containsExactlyInAnyOrder(RUNS.pod(0), OTHERS.pod(0), "no-fleet");
        assertThat(secret(ENDED)).isNull();
        assertThat(secret(RUNS)).isNotNull();
        assertThat(secret(OTHERS)).isNotNull();

        strays.remove(
                cluster.target("/workspaces/default/computes/gpu"),
                () -> Set.of(new Run(RUNS.job(), THEN)));
        assertThat(pods()).hasSize(3);
    }

    private void fleet(ObjectNames names) {
        Secret secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName(names.fleet())
                        .withNamespace(cluster.namespace())
                        .withLabels(names.labels())
                        .endMetadata()
                        .build();
        assertThat(cluster.client().resource(secret).create()).isNotNull();
        pod(names.pod(0), names.labels());
    }

    /** One that never finds a machine, and so ends at once when it is deleted. */
    private void pod(String name, Map<String, String> labels) {
        Pod pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .withLabels(new TreeMap<>(labels))
                        .endMetadata()
                        .withNewSpec()
                        .addToNodeSelector("place", "moon")
                        .addNewContainer()
                        .withName("one")
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .build();
        assertThat(cluster.client().resource(pod).create()).isNotNull();
    }

    private List<String> pods() {
        return cluster.client().pods().inNamespace(cluster.namespace()).list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private Secret secret(ObjectNames names) {
        return cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName(names.fleet())
                .get();
    }
}
