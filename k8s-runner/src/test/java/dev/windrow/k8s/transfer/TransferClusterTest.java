package dev.windrow.k8s.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.TestCluster;
import dev.windrow.k8s.pod.ObjectNames;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Outputs on a volume that a real server does not look at: real pods in a namespace that enforces
 * the level {@code restricted} bring them, and remove what jobs have left. Images and address as
 * for the other tests with pods.
 */
final class TransferClusterTest {

    private static final int BIG = 300 << 20;
    private static final String[] SCRIPT = {
        "def init(): pass", "def run(mini_batch): return [str(one) for one in mini_batch]"
    };

    @TempDir Path folder;

    private Optional<TestCluster> made = Optional.empty();
    private Optional<ClusterServer> running = Optional.empty();

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
    }

    @AfterEach
    void remove() throws IOException {
        if (running.isPresent()) {
            running.get().close();
        }
        made.ifPresent(TestCluster::close);
    }

    private TestCluster cluster() {
        return made.orElseThrow();
    }

    private ClusterServer start(String agentImage) throws IOException, InterruptedException {
        ClusterServer server = new ClusterServer(cluster(), folder, agentImage);
        running = Optional.of(server);
        return server;
    }

    private ClusterServer start() throws IOException, InterruptedException {
        return start(ClusterServer.variable("WINDROW_TEST_AGENT_IMAGE", "windrow/agent:0.1.0"));
    }

    /** The server with a job that has completed. */
    private ClusterServer completed() throws IOException, InterruptedException {
        ClusterServer server = start();
        server.submit("done", SCRIPT);
        assertThat(server.ended("done").path("status").asString()).isEqualTo("Completed");
        return server;
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] fetched(ClusterServer server, String path)
            throws IOException, InterruptedException {
        HttpRequest request = server.request(ClusterServer.file("done", "files", path)).build();
        HttpResponse<InputStream> answer = server.open(request);
        try (InputStream body = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(200);
            return body.readAllBytes();
        }
    }

    private List<Pod> transferPods() {
        return cluster()
                .client()
                .pods()
                .inNamespace(cluster().namespace())
                .withLabel(ObjectNames.COMPONENT, ObjectNames.TRANSFER)
                .list()
                .getItems();
    }

    @Test
    void bringsTwoHundredFilesWithOddNamesByOnePod() throws IOException, InterruptedException {
        ClusterServer server = completed();
        Path files = server.store().resolve("done/files");
        Map<String, byte[]> expected = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            String path = "many/%03d é \"x\" %%2F+#&?\n.txt".formatted(i);
            expected.put(path, bytes(i * 41, i));
            Files.createDirectories(files.resolve("many"));
            Files.write(files.resolve(path), expected.get(path));
        }
        Files.createSymbolicLink(files.resolve("link"), Path.of("/etc/passwd"));

        Map<String, Long> listed = server.list("done", "files");
        assertThat(listed.keySet()).isEqualTo(expected.keySet());
        for (Map.Entry<String, byte[]> one : expected.entrySet()) {
            assertThat(listed).containsEntry(one.getKey(), (long) one.getValue().length);
            assertThat(fetched(server, one.getKey())).as(one.getKey()).isEqualTo(one.getValue());
        }
        assertThat(transferPods()).hasSize(1);
        assertThat(server.list("done", "rows")).containsOnlyKeys("rows.txt");
        assertThat(
                        server.get(ClusterServer.JOBS + "done/outputs")
                                .path("items")
                                .findValuesAsString("type"))
                .containsExactlyInAnyOrder("uri_file", "uri_folder");
    }

    @Test
    void streamsALargeFileThroughASmallPodAndGoesOnWhenThatIsKilled()
            throws IOException, InterruptedException {
        ClusterServer server = completed();
        byte[] big = bytes(BIG, 1);
        Files.write(server.store().resolve("done/files/big.bin"), big);
        String path = ClusterServer.file("done", "files", "big.bin");

        assertThat(Arrays.equals(fetched(server, "big.bin"), big)).isTrue();
        Quantity limit =
                Objects.requireNonNull(
                        transferPods()
                                .getFirst()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getResources()
                                .getLimits()
                                .get("memory"));
        assertThat(limit.getNumericalAmount().longValue()).isLessThan(BIG);

        HttpResponse<InputStream> cut = server.open(server.request(path).build());
        long come = 0;
        try (InputStream body = cut.body()) {
            come += body.readNBytes(20 << 20).length;
            cluster()
                    .client()
                    .pods()
                    .inNamespace(cluster().namespace())
                    .withName(transferPods().getFirst().getMetadata().getName())
                    .withGracePeriod(0)
                    .delete();
            come += rest(body);
        }
        assertThat(come).isBetween(20L << 20, BIG - 1L);

        HttpResponse<InputStream> rest = again(server, path, come);
        try (InputStream body = rest.body()) {
            byte[] bytes = body.readAllBytes();
            assertThat(rest.statusCode()).isEqualTo(206);
            assertThat(Arrays.equals(bytes, Arrays.copyOfRange(big, (int) come, BIG))).isTrue();
        }
    }

    /** Asks for the rest as clients do, until another pod is there. */
    private static HttpResponse<InputStream> again(ClusterServer server, String path, long from)
            throws IOException, InterruptedException {
        while (true) {
            HttpRequest request =
                    server.request(path).header("Range", "bytes=" + from + "-").build();
            HttpResponse<InputStream> answer = server.open(request);
            if (answer.statusCode() != 503) {
                return answer;
            }
            answer.body().close();
        }
    }

    /** What still comes of an answer that breaks off. */
    private static long rest(InputStream body) {
        long come = 0;
        try {
            byte[] buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                come += read;
            }
            throw new AssertionError("all has come");
        } catch (IOException _) {
            return come;
        }
    }

    @Test
    void leavesNothingBehindWhenItIsIdle() throws IOException, InterruptedException {
        ClusterServer server = completed();
        assertThat(server.list("done", "rows")).hasSize(1);
        assertThat(transferPods()).hasSize(1);
        ClusterServer.await(() -> server.objects().isEmpty(), () -> server.objects().toString());
        assertThat(server.store().resolve(".windrow")).doesNotExist();
    }

    @Test
    void removesTheRowsOfACanceledJobWithTheJob() throws IOException, InterruptedException {
        ClusterServer server = start();
        server.submit(
                "slow",
                "import os, time",
                "def init(): pass",
                "def run(mini_batch):",
                "    if str(mini_batch[0]).endswith('b.txt'): time.sleep(25)",
                "    return [str(one) for one in mini_batch]");
        ClusterServer.await(() ->
                server.get(ClusterServer.JOBS + "slow")
                                .path("mini_batches")
                                .path("succeeded")
                                .asInt()
                        == 1);
        JsonNode _ = server.call("POST", ClusterServer.JOBS + "slow/cancel", Map.of());
        JsonNode ended = server.ended("slow");
        assertThat(ended.path("status").asString()).isEqualTo("Canceled");
        assertThat(ended.path("partial_output").asString())
                .isEqualTo("azureml://datastores/shared/paths/slow/rows.txt.partial-slow");
        assertThat(server.store().resolve("slow/rows.txt.partial-slow")).exists();
        assertThat(server.store().resolve(".windrow")).isNotEmptyDirectory();

        JsonNode _ = server.call("DELETE", ClusterServer.JOBS + "slow", Map.of());
        ClusterServer.await(() -> Files.notExists(server.store().resolve(".windrow")));
        assertThat(server.store().resolve("slow/rows.txt.partial-slow")).exists();
    }

    @Test
    void tellsWhyItsPodCannotBegin() throws IOException, InterruptedException {
        ClusterServer server = completed();
        cluster()
                .apply(
                        """
                        apiVersion: v1
                        kind: ResourceQuota
                        metadata: {name: none}
                        spec: {hard: {pods: "0"}}
                        """);
        ClusterServer.await(() -> {
            var quota =
                    cluster()
                            .client()
                            .resourceQuotas()
                            .inNamespace(cluster().namespace())
                            .withName("none")
                            .get();
            return quota.getStatus() != null && quota.getStatus().getUsed() != null;
        });
        JsonNode refused = server.patient(ClusterServer.JOBS + "done/outputs/files/files");
        assertThat(refused.path("code").asString()).isEqualTo("TRANSFER_FAILED");
        assertThat(refused.path("detail").asString())
                .startsWith("volume: cannot be looked into (expected: a pod that sees it): ")
                .contains("quota");
    }
}
