package dev.windrow.k8s.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.windrow.k8s.KubernetesClusters;
import dev.windrow.k8s.TestCluster;
import dev.windrow.k8s.TestServer;
import dev.windrow.k8s.pod.ProbePodFactory;
import dev.windrow.k8s.pod.ServerForPods;
import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.runtime.host.ServerSecurity;
import dev.windrow.testing.tls.PemAuthority;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pods of a real cluster that look for the server, in a namespace that enforces the level {@code
 * restricted}.
 */
final class ProbeClusterTest {

    private static final String COMPUTE = "/workspaces/default/computes/gpu";
    private static final String INSTALLATION = "abcdefghijkl";
    private static final long LIMIT_SECONDS = 60;

    private final KubernetesClusters clusters = new KubernetesClusters();
    private Optional<TestCluster> made = Optional.empty();
    private Optional<ClusterCredentials> account = Optional.empty();

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
        cluster().apply(ClusterManifest.yaml(cluster().namespace()));
        account = Optional.of(cluster().account());
    }

    @AfterEach
    void remove() {
        made.ifPresent(TestCluster::close);
    }

    private TestCluster cluster() {
        return made.orElseThrow();
    }

    private ClusterTarget target(String server, String image) {
        return target(server, image, Optional.empty());
    }

    private ClusterTarget target(String server, String image, Optional<String> authorities) {
        return new ClusterTarget(
                COMPUTE,
                new Attachment(
                        new ClusterReference.Address(account.orElseThrow().address()),
                        cluster().namespace(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        InstanceTypes.NONE,
                        PodTerms.USUAL),
                INSTALLATION,
                URI.create(server),
                new PodImages(image, "job"),
                account,
                authorities);
    }

    private ClusterTarget target(String server) {
        return target(server, TestServer.agentImage());
    }

    private ClusterException refusal(ClusterTarget target) {
        ClusterException refused =
                Objects.requireNonNull(
                        catchThrowableOfType(
                                ClusterException.class,
                                () -> clusters.verify(target, Instant.MAX)));
        assertThat(pods()).isEmpty();
        return refused;
    }

    private List<String> pods() {
        return cluster()
                .client()
                .pods()
                .inNamespace(cluster().namespace())
                .list()
                .getItems()
                .stream()
                .map(one -> one.getMetadata().getName())
                .toList();
    }

    private String cannotReach(String server, String cause) {
        return "pods in %s cannot reach %s: %s; set --public-url of windrow server, or --server-url of windrow compute attach gpu"
                .formatted(cluster().namespace(), server, cause);
    }

    @Test
    void aServerThatPodsReachIsFoundAlsoAfterALookThatWasKilled(@TempDir Path home)
            throws IOException, InterruptedException {
        Pod left =
                new ProbePodFactory(INSTALLATION, COMPUTE)
                        .pod(
                                TestServer.agentImage(),
                                ServerForPods.at("http://x"),
                                PodTerms.USUAL,
                                Map.of());
        cluster().client().resource(left).inNamespace(cluster().namespace()).create();
        try (TestServer server = TestServer.start(home)) {
            String url = server.url().toString();
            assertThat(clusters.verify(target(url), Instant.MAX).health())
                    .last()
                    .satisfies(one -> {
                        assertThat(one.name()).isEqualTo("server");
                        assertThat(one.message())
                                .isEqualTo(
                                        "pods in %s reach %s"
                                                .formatted(cluster().namespace(), url));
                    });
        }
        assertThat(pods()).isEmpty();
    }

    @Test
    void tellsWhyPodsDoNotReachTheServer() throws IOException {
        String nobody = "http://windrow.invalid:7480";
        assertThat(refusal(target(nobody)))
                .satisfies(one -> assertThat(one.code()).isEqualTo("SERVER_UNREACHABLE"))
                .hasMessage(cannotReach(nobody, "the name windrow.invalid is unknown there"));
        String closed = "http://%s:1".formatted(TestServer.host());
        assertThat(refusal(target(closed)))
                .hasMessage(
                        cannotReach(
                                closed,
                                "nobody listens at %s:1 (connection refused)"
                                        .formatted(TestServer.host())));
        HttpServer other = HttpServer.create(new InetSocketAddress(TestServer.host(), 0), 0);
        other.start();
        try {
            String url = "http://%s:%d".formatted(TestServer.host(), other.getAddress().getPort());
            assertThat(refusal(target(url)))
                    .hasMessage(
                            cannotReach(
                                    url,
                                    "no Windrow server answers there: HTTP status 404 for /livez (expected: 200)"));
        } finally {
            other.stop(0);
        }
        // That of the cluster itself is known to pods only when they are told.
        String untrusted = account.orElseThrow().address().toString();
        assertThat(refusal(target(untrusted)))
                .satisfies(one -> assertThat(one.code()).isEqualTo("SERVER_UNTRUSTED"))
                .hasMessageContaining("its certificate is not trusted there: it is signed by CN=")
                .hasMessageContaining("; set --agent-ca-file of windrow server to a file");
    }

    @Test
    void aServerOfAnAuthorityOfOnesOwnIsReachedUnderTheNamesOfItsCertificate(@TempDir Path home)
            throws Exception {
        PemAuthority authority = PemAuthority.make(home, "Farm");
        Path certificate = home.resolve("server.crt");
        Path key = home.resolve("server.key");
        authority.issue("ip:" + TestServer.host()).write(certificate, key);
        Optional<String> known = Optional.of(authority.certificate());
        ServerSecurity tls = ServerSecurity.tls(certificate, key);
        try (TestServer server = TestServer.start(home, TestServer.host(), tls)) {
            String url = server.url().toString();
            assertThat(
                            clusters.verify(
                                            target(url, TestServer.agentImage(), known),
                                            Instant.MAX)
                                    .health())
                    .last()
                    .satisfies(one ->
                            assertThat(one.message())
                                    .isEqualTo(
                                            "pods in %s reach %s"
                                                    .formatted(cluster().namespace(), url)));
        }
        authority.issue("dns:farm.example,ip:127.0.0.1").write(certificate, key);
        try (TestServer server = TestServer.start(home, TestServer.host(), tls)) {
            String url = server.url().toString();
            assertThat(refusal(target(url, TestServer.agentImage(), known)))
                    .hasMessage(
                            cannotReach(
                                    url,
                                    "its certificate is for farm.example, 127.0.0.1, and not for "
                                            + TestServer.host()));
        }
        assertThat(pods()).isEmpty();
    }

    @Test
    void tellsThatTheAgentsImageCannotBePulled() {
        ClusterException refused = refusal(target("http://x", "registry.invalid/none:1"));
        assertThat(refused.code()).isEqualTo("AGENT_IMAGE_UNUSABLE");
        assertThat(refused)
                .hasMessageStartingWith("image registry.invalid/none:1 cannot be pulled: ")
                .hasMessageEndingWith(
                        "; set --agent-image of windrow server, or image_pull_secrets of compute gpu");
    }

    @Test
    void aLookThatIsBrokenOffLeavesNothing() throws InterruptedException {
        ClusterTarget target = target("http://x", "registry.invalid/none:1");
        Thread looking = Thread.ofPlatform().start(() -> lookUntilBrokenOff(target));
        cluster()
                .client()
                .pods()
                .inNamespace(cluster().namespace())
                .withName(new ProbePodFactory(INSTALLATION, COMPUTE).name())
                .waitUntilCondition(Objects::nonNull, LIMIT_SECONDS, TimeUnit.SECONDS);
        looking.interrupt();
        assertThat(looking.join(Duration.ofSeconds(LIMIT_SECONDS))).isTrue();
        assertThat(pods()).isEmpty();
    }

    private void lookUntilBrokenOff(ClusterTarget target) {
        try {
            throw new AssertionError(clusters.verify(target, Instant.MAX).toString());
        } catch (InterruptedException _) {
            // As it should be.
        }
    }

    @Test
    void onlyALookBeforeAnAttachMakesAPod() throws InterruptedException {
        assertThat(clusters.look(target("http://windrow.invalid:7480"), Instant.MAX).health())
                .noneMatch(one -> one.name().equals("server"))
                .allSatisfy(one -> assertThat(one.ok()).isTrue());
    }
}
