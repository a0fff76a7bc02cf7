package dev.windrow.k8s.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.TestCluster;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import dev.windrow.runtime.host.ServerSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real server with a namespace of a real cluster attached as {@code gpu}, and a volume there that
 * is a folder of this machine, which is the cluster's only one, so that a test sees what pods see.
 */
final class ClusterServer implements AutoCloseable {

    static final String JOBS = "/api/v1/workspaces/default/jobs/";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LIMIT_SECONDS = 120;

    private final TestCluster cluster;
    private final Path volume;
    private final RunningServer server;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param folder of this machine, for the server's home and for the volume
     * @param agentImage of its pods
     */
    ClusterServer(TestCluster cluster, Path folder, String agentImage)
            throws IOException, InterruptedException {
        this.cluster = cluster;
        this.volume = Files.createDirectories(folder.resolve("volume"));
        // Pods run as a user of their own.
        for (Path one = folder; one != null && one.getNameCount() > 1; one = one.getParent()) {
            Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path home = folder.resolve("home");
        server =
                ServiceLoader.load(ServerProvider.class)
                        .findFirst()
                        .orElseThrow()
                        .start(
                                new ServerConfig(
                                        home,
                                        variable("WINDROW_TEST_HOST", "10.88.0.1"),
                                        0,
                                        Optional.empty(),
                                        HostLimits.DEFAULT,
                                        ServerSecurity.NONE,
                                        Optional.empty(),
                                        new ServerConfig.Images(
                                                Optional.of(agentImage),
                                                Optional.of(
                                                        variable(
                                                                "WINDROW_TEST_PYTHON_IMAGE",
                                                                "windrow.test/python:3.11")))),
                                "test",
                                (_, _) -> {});
        token = Files.readString(home.resolve("server/admin.token")).strip();
        attach();
    }

    static String variable(String name, String usual) {
        return Optional.ofNullable(System.getenv(name)).orElse(usual);
    }

    private void attach() throws IOException, InterruptedException {
        cluster.apply(ClusterManifest.yaml(cluster.namespace()));
        claim();
        ClusterCredentials account = cluster.account();
        String compute = "/api/v1/workspaces/default/computes/gpu";
        call(
                "PUT",
                compute,
                Map.of(
                        "credentials",
                        Map.of(
                                "api_server", account.address().toString(),
                                "authority", account.authority(),
                                "token", account.token()),
                        "properties",
                        Map.of(
                                "computeType",
                                "Kubernetes",
                                "properties",
                                Map.of("namespace", cluster.namespace()))));
        await(() -> {
            JsonNode state = get(compute).path("properties").path("provisioningState");
            assertThat(state.asString()).as(() -> get(compute).toString()).isNotEqualTo("Failed");
            return state.asString().equals("Succeeded");
        });
        call(
                "PUT",
                "/api/v1/workspaces/default/datastores/shared",
                Map.of("type", "pvc", "path", "data/below"));
    }

    private void claim() {
        String name = cluster.namespace();
        cluster.client()
                .load(
                        stream(
                                """
                                apiVersion: v1
                                kind: PersistentVolume
                                metadata: {name: %1$s}
                                spec:
                                  capacity: {storage: 1Gi}
                                  accessModes: [ReadWriteMany]
                                  persistentVolumeReclaimPolicy: Retain
                                  storageClassName: ""
                                  hostPath: {path: "%2$s"}
                                  claimRef: {namespace: %1$s, name: data}
                                """
                                        .formatted(name, volume)))
                .serverSideApply();
        cluster.apply(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data}
                spec:
                  accessModes: [ReadWriteMany]
                  storageClassName: ""
                  volumeName: %s
                  resources: {requests: {storage: 1Gi}}
                """
                        .formatted(name));
    }

    private static InputStream stream(String text) {
        return new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The datastore's folder, as this machine sees it. */
    Path store() {
        return volume.resolve("below");
    }

    /** A request with the administrator's token. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(LIMIT_SECONDS))
                .header("Authorization", "Bearer " + token);
    }

    /** Has it answered, by 2xx. */
    JsonNode call(String method, String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body.isEmpty()
                                                ? BodyPublishers.noBody()
                                                : BodyPublishers.ofString(
                                                        JSON.writeValueAsString(body)))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body().isBlank() ? JSON.nullNode() : JSON.readTree(answer.body());
    }

    JsonNode get(String path) {
        try {
            return call("GET", path, Map.of());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is answered, whatever it is. */
    HttpResponse<InputStream> open(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofInputStream());
    }

    /** What a client asks again for is asked again. */
    JsonNode patient(String path) throws IOException, InterruptedException {
        while (true) {
            try (InputStream body = open(request(path).build()).body()) {
                JsonNode answer = JSON.readTree(body.readAllBytes());
                if (!answer.path("code").asString("").equals("TRANSFER_STARTING")) {
                    return answer;
                }
            }
        }
    }

    /** The address of a file of an output. */
    static String file(String job, String output, String path) {
        return JOBS
                + job
                + "/outputs/%s/file?path=%s"
                        .formatted(output, URLEncoder.encode(path, StandardCharsets.UTF_8));
    }

    /** Sizes by path of all files of an output. */
    Map<String, Long> list(String job, String output) {
        Map<String, Long> sizes = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = get(JOBS + job + "/outputs/" + output + "/files?max=90" + cursor);
            page.path("items")
                    .forEach(one ->
                            sizes.put(one.path("path").asString(), one.path("bytes").asLong()));
            cursor =
                    page.path("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.path("next_cursor").asString();
        } while (!cursor.isEmpty());
        return sizes;
    }

    /** Submits a job that writes rows to {@code rows} and has a folder {@code files}. */
    void submit(String name, String... script) throws IOException, InterruptedException {
        Path work = Files.createDirectories(volume.resolveSibling("work").resolve(name));
        Files.createDirectories(work.resolve("input"));
        Files.writeString(work.resolve("input/a.txt"), "a");
        Files.writeString(work.resolve("input/b.txt"), "b");
        Files.createDirectories(work.resolve("src"));
        Files.write(work.resolve("src/entry.py"), List.of(script));
        String spec =
                """
                type: parallel
                compute: azureml:gpu
                inputs:
                  docs: {type: uri_folder, path: ./input}
                outputs:
                  rows: {type: uri_file, path: azureml://datastores/shared/paths/%1$s/rows.txt}
                  files: {type: uri_folder, path: azureml://datastores/shared/paths/%1$s/files}
                input_data: ${{inputs.docs}}
                mini_batch_size: "1"
                max_concurrency_per_instance: 1
                task:
                  type: run_function
                  code: ./src
                  entry_script: entry.py
                  append_row_to: ${{outputs.rows}}
                """
                        .formatted(name);
        JsonNode _ = call("PUT", JOBS + name, Map.of("spec", spec, "base_path", work.toString()));
    }

    /** Waits until a job has ended; gives its document. */
    JsonNode ended(String job) {
        await(() -> !get(JOBS + job).path("ended_at").isNull());
        return get(JOBS + job);
    }

    /** Waits. */
    static void await(BooleanSupplier condition) {
        await(condition, () -> "it does not come true");
    }

    static void await(BooleanSupplier condition, Supplier<String> what) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw new AssertionError(what.get());
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Names of what this server has in the namespace. */
    List<String> objects() {
        var pods = cluster.client().pods().inNamespace(cluster.namespace()).list().getItems();
        var secrets =
                cluster.client()
                        .secrets()
                        .inNamespace(cluster.namespace())
                        .withLabel("windrow.dev/installation")
                        .list()
                        .getItems();
        return java.util.stream.Stream.concat(
                        pods.stream().map(one -> "pod " + one.getMetadata().getName()),
                        secrets.stream().map(one -> "secret " + one.getMetadata().getName()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        server.close();
        http.close();
        cluster.client().persistentVolumes().withName(cluster.namespace()).delete();
    }
}
