package dev.windrow.k8s.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.k8s.KubernetesClusters;
import dev.windrow.k8s.TestCluster;
import dev.windrow.k8s.TestServer;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.runtime.compute.QuotaFinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attaching and detaching with a real cluster, and all that can be wrong with it. */
final class AttachClusterTest {

    private static final Instant UNTIL = Instant.MAX;
    private static final String GPU = "/workspaces/default/computes/gpu";
    private static final String OURS = "abcdefghijkl";
    private static final String THEIRS = "bbcdefghijkl";

    private final KubernetesClusters clusters = new KubernetesClusters();
    private Optional<TestCluster> made = Optional.empty();
    private URI server = URI.create("http://%s:1".formatted(TestServer.host()));

    @BeforeEach
    void make() {
        made = Optional.of(TestCluster.orSkip());
    }

    @AfterEach
    void remove() {
        made.ifPresent(TestCluster::close);
    }

    private TestCluster cluster() {
        return made.orElseThrow();
    }

    private ClusterTarget target(
            String namespace, ClusterCredentials account, InstanceTypes types) {
        return new ClusterTarget(
                GPU,
                new Attachment(
                        new ClusterReference.Address(account.address()),
                        namespace,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        types,
                        PodTerms.USUAL),
                OURS,
                server,
                new PodImages(TestServer.agentImage(), "job"),
                Optional.of(account));
    }

    private ClusterTarget target(ClusterCredentials account) {
        return target(cluster().namespace(), account, InstanceTypes.NONE);
    }

    private ClusterTarget ready() {
        cluster().apply(ClusterManifest.yaml(cluster().namespace()));
        return target(cluster().account());
    }

    private ClusterException refusal(ClusterTarget target) {
        return Objects.requireNonNull(
                catchThrowableOfType(ClusterException.class, () -> clusters.verify(target, UNTIL)));
    }

    @Test
    void attachesWithWhatTheManifestGives(@TempDir Path home)
            throws IOException, InterruptedException {
        ClusterTarget plain = ready();
        cluster()
                .apply(
                        """
                        apiVersion: v1
                        kind: ResourceQuota
                        metadata: {name: small}
                        spec: {hard: {pods: "5", requests.cpu: "2"}}
                        """);
        cluster()
                .client()
                .resourceQuotas()
                .inNamespace(cluster().namespace())
                .withName("small")
                .waitUntilCondition(
                        one -> one.getStatus() != null && one.getStatus().getUsed() != null,
                        20,
                        java.util.concurrent.TimeUnit.SECONDS);
        InstanceType small =
                new InstanceType("small", Map.of(), Map.of("cpu", "1"), Map.of("cpu", "2"));
        ClusterFindings found;
        try (TestServer running = TestServer.start(home)) {
            server = running.url();
            found =
                    clusters.verify(
                            target(
                                    cluster().namespace(),
                                    plain.credentials().orElseThrow(),
                                    new InstanceTypes(List.of(small), false)),
                            UNTIL);
        }
        assertThat(found.health()).allSatisfy(one -> assertThat(one.ok()).isTrue());
        assertThat(found.health())
                .extracting(HealthFinding::name)
                .containsExactly("cluster", "namespace", "rights", "account", "quota", "server");
        assertThat(found.health().getFirst().message()).startsWith("Kubernetes v1.");
        assertThat(found.instanceTypes())
                .extracting(InstanceType::name)
                .containsExactly("small", "defaultinstancetype");
        assertThat(found.defaultInstanceType()).contains("defaultinstancetype");
        assertThat(found.quota())
                .contains(
                        new QuotaFinding("pods", "0", Optional.of("5")),
                        new QuotaFinding("requests.cpu", "0", Optional.of("2")));
        assertThat(found.location())
                .hasValueSatisfying(at -> assertThat(at).startsWith("https://"));
    }

    @Test
    void tellsOfANamespaceThatIsNotThere() {
        ClusterTarget ready = ready();
        String none = cluster().namespace() + "-none";
        ClusterException refused =
                refusal(target(none, ready.credentials().orElseThrow(), InstanceTypes.NONE));
        assertThat(refused.code()).isEqualTo("NAMESPACE_NOT_FOUND");
        assertThat(refused.getMessage())
                .isEqualTo(
                        "namespace: %1$s is not there, or gives this server no right at all (expected: a namespace of the cluster); mend it: kubectl create namespace %1$s; windrow compute manifest --namespace %1$s | kubectl apply -f -"
                                .formatted(none));
    }

    /** An account that nothing was granted to. */
    private ClusterCredentials bare() {
        cluster()
                .apply(
                        """
                        apiVersion: v1
                        kind: ServiceAccount
                        metadata: {name: bare}
                        ---
                        apiVersion: v1
                        kind: Secret
                        metadata:
                          name: bare
                          annotations: {kubernetes.io/service-account.name: bare}
                        type: kubernetes.io/service-account-token
                        """);
        return cluster().account("bare");
    }

    @Test
    void tellsOfEveryRightThatIsMissing() {
        ClusterException refused = refusal(target(bare()));
        assertThat(refused.code()).isEqualTo("NAMESPACE_NOT_FOUND");
        assertThat(refused.getMessage()).contains("no right at all").endsWith("kubectl apply -f -");
        cluster()
                .apply(
                        """
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: Role
                        metadata: {name: some}
                        rules:
                          - {apiGroups: [""], resources: [pods], verbs: [get, list]}
                        ---
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: RoleBinding
                        metadata: {name: some}
                        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: some}
                        subjects: [{kind: ServiceAccount, name: bare}]
                        """);
        ClusterException partly = refusal(target(cluster().account("bare")));
        assertThat(partly.code()).isEqualTo("RIGHTS_MISSING");
        assertThat(partly.getMessage())
                .contains("to pods (watch, create, delete, deletecollection), pods/log (get)");
    }

    private void removeJobAccount() {
        cluster()
                .client()
                .serviceAccounts()
                .inNamespace(cluster().namespace())
                .withName(ClusterManifest.JOB_ACCOUNT)
                .delete();
    }

    private void letNoPodIn() {
        cluster()
                .apply(
                        """
                        apiVersion: v1
                        kind: ResourceQuota
                        metadata: {name: none}
                        spec: {hard: {pods: "0"}}
                        """);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        ClusterTarget ready = ready();
        removeJobAccount();
        letNoPodIn();
        ClusterException refused = refusal(ready);
        assertThat(refused.code()).isEqualTo("CHECKS_FAILED");
        assertThat(String.valueOf(refused.getMessage()).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("; mend it: "));
    }

    @Test
    void tellsOfAnAccountForPodsThatIsNotThere() {
        ClusterTarget ready = ready();
        removeJobAccount();
        ClusterException refused = refusal(ready);
        assertThat(refused.code()).isEqualTo("ACCOUNT_NOT_FOUND");
        assertThat(refused.getMessage())
                .isEqualTo(
                        "ServiceAccount windrow-job is not in namespace %1$s (expected: the account of pods); mend it: windrow compute manifest --namespace %1$s | kubectl apply -f -"
                                .formatted(cluster().namespace()));
    }

    @Test
    void tellsOfAQuotaThatLetsNoPodIn() {
        ClusterTarget ready = ready();
        letNoPodIn();
        ClusterException refused = refusal(ready);
        assertThat(refused.code()).isEqualTo("QUOTA_ZERO");
        assertThat(refused.getMessage()).contains("quota none").endsWith("edit resourcequota none");
    }

    @Test
    void tellsOfAnAddressWhereNobodyListens() throws IOException {
        ClusterCredentials account = ready().credentials().orElseThrow();
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ClusterException refused =
                refusal(
                        target(
                                new ClusterCredentials(
                                        URI.create("https://127.0.0.1:" + port),
                                        account.authority(),
                                        account.token())));
        assertThat(refused.code()).isEqualTo("CLUSTER_UNREACHABLE");
        assertThat(refused.getMessage())
                .startsWith("https://127.0.0.1:" + port)
                .contains("the cluster cannot be reached")
                .doesNotContain(account.token());
    }

    @Test
    void tellsOfCertificatesOfSomebodyElse(@TempDir Path folder) throws Exception {
        ClusterCredentials account = ready().credentials().orElseThrow();
        Path other = folder.resolve("other.pem");
        Process made =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-subj",
                                "/CN=other",
                                "-days",
                                "2",
                                "-keyout",
                                folder.resolve("key").toString(),
                                "-out",
                                other.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        assertThat(made.waitFor()).isZero();
        ClusterException refused =
                refusal(
                        target(
                                new ClusterCredentials(
                                        account.address(),
                                        Files.readString(other),
                                        account.token())));
        assertThat(refused.code()).isEqualTo("CLUSTER_UNREACHABLE");
        assertThat(refused.getMessage()).contains("the cluster's certificate is not trusted");
    }

    @Test
    void tellsOfATokenThatTheClusterDoesNotKnow() throws InterruptedException {
        ClusterCredentials account = ready().credentials().orElseThrow();
        ClusterTarget wrong =
                target(new ClusterCredentials(account.address(), account.authority(), "nonsense"));
        ClusterException refused = refusal(wrong);
        assertThat(refused.code()).isEqualTo("CLUSTER_REFUSES");
        assertThat(refused.getMessage())
                .contains("does not know this server's token")
                .doesNotContain("nonsense");
        assertThat(clusters.look(wrong, UNTIL).health())
                .singleElement()
                .satisfies(one -> assertThat(one.ok()).isFalse());
    }

    @Test
    void tellsThatThereAreNoInstanceTypesOfTheCluster() {
        ClusterCredentials account = ready().credentials().orElseThrow();
        ClusterException refused =
                refusal(target(cluster().namespace(), account, new InstanceTypes(List.of(), true)));
        assertThat(refused.code()).isIn("NO_INSTANCE_TYPES", "INSTANCE_TYPES_REFUSED");
        assertThat(refused.getMessage()).contains("mend it: kubectl ");
    }

    @Test
    void leavesTheNamespaceAsItWas() throws InterruptedException {
        ClusterTarget ready = ready();
        // Nobody listens there, which a pod has to find out.
        cluster().apply(object("Secret", "theirs", THEIRS) + "type: Opaque\n");
        cluster().apply(object("Secret", "nobodys", "") + "type: Opaque\n");
        cluster().apply(pod("theirs", THEIRS));
        Set<String> before = NamespaceObjects.of(cluster());
        assertThat(refusal(ready).code()).isEqualTo("SERVER_UNREACHABLE");
        assertThat(NamespaceObjects.of(cluster())).isEqualTo(before);
        cluster().apply(object("Secret", "wr-1", OURS) + "type: windrow.dev/fleet\n");
        cluster().apply(pod("wr-1-0", OURS));
        cluster().apply(pod("wr-1-1", OURS));
        assertThat(NamespaceObjects.of(cluster())).hasSize(before.size() + 3);
        clusters.clean(withId(ready, "/workspaces/default/computes/other"), UNTIL);
        assertThat(NamespaceObjects.of(cluster())).hasSize(before.size() + 3);
        clusters.clean(ready, UNTIL);
        assertThat(NamespaceObjects.of(cluster())).isEqualTo(before);
        clusters.clean(ready, UNTIL);
        assertThat(NamespaceObjects.of(cluster())).isEqualTo(before);
    }

    /** Another compute of the same server in the same namespace. */
    private static ClusterTarget withId(ClusterTarget one, String id) {
        return new ClusterTarget(
                id,
                one.attachment(),
                one.installation(),
                one.server(),
                one.images(),
                one.credentials());
    }

    private static String object(String kind, String name, String installation) {
        return """
        apiVersion: v1
        kind: %s
        metadata:
          name: %s
          labels: {%s: "%s", %s: %s}
        """
                .formatted(
                        kind,
                        name,
                        ObjectNames.INSTALLATION,
                        installation,
                        ObjectNames.COMPUTE,
                        ObjectNames.computeLabel(GPU));
    }

    private static String pod(String name, String installation) {
        return object("Pod", name, installation)
                + """
                spec:
                  containers:
                    - name: worker
                      image: windrow.test/python:3.11
                      command: [python3, -c, "import signal; signal.pause()"]
                """;
    }
}
