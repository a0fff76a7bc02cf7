package dev.windrow.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.access.KubeconfigFile;
import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.PodImages;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real cluster, and a namespace in it that is made for one test and removed after it. Which
 * cluster, {@code WINDROW_TEST_KUBECONFIG} says and nothing else. Without it tests are skipped.
 */
public final class TestCluster implements AutoCloseable {

    private static final String VARIABLE = "WINDROW_TEST_KUBECONFIG";
    private static final long WAIT_SECONDS = 30;

    private final KubernetesClient client;
    private final String namespace = "windrow-test-" + UUID.randomUUID().toString().substring(0, 8);

    private TestCluster(KubernetesClient client) {
        this.client = client;
    }

    /** The cluster with a fresh namespace, or the end of the test. */
    public static TestCluster orSkip() {
        String file = System.getenv(VARIABLE);
        if (file == null || file.isBlank()) {
            String why =
                    VARIABLE
                            + ": not set (expected: the kubeconfig of a cluster for tests, such as"
                            + " that of ./dev cluster up)";
            // There it would look as if all had passed.
            assertThat(System.getenv("CI")).as(why).isNotEqualTo("true");
            Assumptions.abort(why);
        }
        TestCluster cluster =
                new TestCluster(
                        new KubernetesClientBuilder()
                                .withConfig(KubeconfigFile.read(new File(file)))
                                .build());
        cluster.client
                .namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(cluster.namespace)
                                .endMetadata()
                                .build())
                .create();
        return cluster;
    }

    /** As its administrator. */
    public KubernetesClient client() {
        return client;
    }

    /** The name of the test's own namespace. */
    public String namespace() {
        return namespace;
    }

    /** Applies YAML in the namespace. */
    public void apply(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .serverSideApply();
    }

    /** The server's account as the manifest makes it; the manifest must have been applied. */
    public ClusterCredentials account() {
        return account(ClusterManifest.TOKEN);
    }

    /** The account of a Secret with a token. */
    public ClusterCredentials account(String secret) {
        Secret made =
                client.secrets()
                        .inNamespace(namespace)
                        .withName(secret)
                        .waitUntilCondition(
                                one ->
                                        one != null
                                                && one.getData() != null
                                                && one.getData().containsKey("token"),
                                WAIT_SECONDS,
                                TimeUnit.SECONDS);
        return new ClusterCredentials(
                address(),
                decoded(Objects.requireNonNull(made.getData().get("ca.crt"))),
                decoded(Objects.requireNonNull(made.getData().get("token"))));
    }

    /**
     * The namespace as server {@code ours} has it attached; the manifest must have been applied.
     * Nobody listens where its pods would look for the server.
     *
     * @param compute id of the compute
     */
    public ClusterTarget target(String compute) {
        ClusterCredentials account = account();
        return new ClusterTarget(
                compute,
                new Attachment(
                        new ClusterReference.Address(account.address()),
                        namespace,
                        false,
                        Optional.empty()),
                "ours",
                URI.create("http://10.88.0.1:7480"),
                new PodImages("agent", "job"),
                Optional.of(account));
    }

    /** Its address. */
    public URI address() {
        return ClusterCredentials.address(client.getMasterUrl().toString()).orElseThrow();
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    /** Removes the namespace; does not wait for that. */
    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
