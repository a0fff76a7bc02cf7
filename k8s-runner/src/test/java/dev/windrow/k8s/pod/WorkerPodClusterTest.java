package dev.windrow.k8s.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.TestCluster;
import dev.windrow.k8s.TestServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pods of ours on a real cluster, in a namespace that enforces the level {@code restricted}, with
 * an image that has nothing of ours. The cluster has to have the image of the agent.
 */
final class WorkerPodClusterTest {

    private static final long LIMIT_SECONDS = 120;

    @TempDir Path folder;

    private Optional<TestCluster> made = Optional.empty();

    @BeforeEach
    void make() {
        made = Optional.of(TestCluster.orSkip());
        cluster()
                .client()
                .namespaces()
                .withName(cluster().namespace())
                .edit(namespace ->
                        new NamespaceBuilder(namespace)
                                .editMetadata()
                                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                                .endMetadata()
                                .build());
        // The cluster makes the account that pods run as, a little after their namespace.
        cluster()
                .client()
                .serviceAccounts()
                .inNamespace(cluster().namespace())
                .withName("default")
                .waitUntilCondition(Objects::nonNull, LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void remove() {
        made.ifPresent(TestCluster::close);
    }

    private TestCluster cluster() {
        return made.orElseThrow();
    }

    private static PodOrder order(String server) {
        return new PodOrder(
                TestServer.userImage(),
                TestServer.agentImage(),
                ServerForPods.at(server),
                "default",
                new PodOrder.Size(
                        Map.of("cpu", "100m", "memory", "256Mi"), Map.of("memory", "512Mi")),
                PodOrder.Where.ANYWHERE,
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** The pod of instance 3 with a token of no job, once it has been made. */
    private PodResource pod(String server) {
        ObjectNames names =
                new ObjectNames(
                        "test",
                        "/workspaces/default/computes/gpu",
                        "/workspaces/default/jobs/" + cluster().namespace(),
                        1);
        Secret secret =
                cluster()
                        .client()
                        .secrets()
                        .inNamespace(cluster().namespace())
                        .resource(
                                new SecretBuilder()
                                        .withNewMetadata()
                                        .withName(names.fleet())
                                        .endMetadata()
                                        .addToStringData(PodPlaces.TOKEN, "nobodys")
                                        .build())
                        .create();
        OwnerReference owner =
                new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Secret")
                        .withName(secret.getMetadata().getName())
                        .withUid(secret.getMetadata().getUid())
                        .build();
        Pod pod = new WorkerPodFactory(order(server), names, owner).pod(3);
        PodResource resource =
                cluster().client().pods().inNamespace(cluster().namespace()).resource(pod);
        resource.create();
        return resource;
    }

    private static String state(PodResource pod) {
        return String.valueOf(pod.get().getStatus());
    }

    private static String log(PodResource pod) {
        return pod.inContainer(WorkerPodFactory.WORKER).getLog();
    }

    private static void await(PodResource pod, String phase) {
        try {
            pod.waitUntilCondition(
                    one -> one != null && phase.equals(one.getStatus().getPhase()),
                    LIMIT_SECONDS,
                    TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            throw new AssertionError(state(pod), e);
        }
    }

    @Test
    void reachesTheServerAndSaysThatItsTokenIsOfNoJob() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            PodResource pod = pod(server.url().toString());
            await(pod, "Failed");

            assertThat(log(pod).lines())
                    .hasSize(2)
                    .satisfies(lines -> {
                        assertThat(lines.getFirst())
                                .endsWith("instance 3 asks %s what to do".formatted(server.url()));
                        assertThat(lines.getLast())
                                .isEqualTo(
                                        "agent: ends: server %s: the token is unknown there, or expired"
                                                .formatted(server.url()));
                    });
            assertThat(state(pod)).contains("the token is unknown there");
        }
    }

    @Test
    void aPodThatIsToldToEndWhileNoServerIsThereEndsWell() {
        PodResource pod = pod("http://%s:1".formatted(TestServer.host()));
        await(pod, "Running");
        long begin = System.nanoTime();
        while (!log(pod).contains("nobody answers")) {
            assertThat(System.nanoTime() - begin)
                    .as(log(pod))
                    .isLessThan(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
            LockSupport.parkNanos(100_000_000);
        }
        // A finalizer keeps what is deleted, so that it can be looked at.
        pod.edit(one -> {
            one.getMetadata().setFinalizers(List.of("windrow.test/look"));
            return one;
        });
        try {
            pod.delete();
            await(pod, "Succeeded");
            assertThat(log(pod)).contains("agent: ends: it was told to end");
        } finally {
            pod.patch(
                    PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        }
    }
}
