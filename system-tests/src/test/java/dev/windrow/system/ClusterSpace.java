package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A namespace of the cluster for tests that enforces the level {@code restricted} of Pod Security,
 * with one volume, and a server on this machine that it is attached to under the name {@code pods}.
 * The volume is a folder of this machine, so that tests see what pods write.
 */
final class ClusterSpace implements AutoCloseable {

    private static final String VOLUME =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: NAMESPACE, labels: {pod-security.kubernetes.io/enforce: restricted}}
            ---
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: NAMESPACE}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteMany]
              persistentVolumeReclaimPolicy: Retain
              storageClassName: ""
              hostPath: {path: FOLDER}
              claimRef: {namespace: NAMESPACE, name: data}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: NAMESPACE}
            spec:
              accessModes: [ReadWriteMany]
              storageClassName: ""
              volumeName: NAMESPACE
              resources: {requests: {storage: 1Gi}}
            """;

    final Kubectl kubectl;
    private final Path folder;
    private final Path volume;
    private final String namespace = "windrow-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final Windrow windrow;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Serving serving;
    private String token = "";
    private ServerProcess server;

    /** How the server lets others in. */
    @FunctionalInterface
    interface Serving {

        /** Options of the command; asked for at each start. */
        List<String> options();
    }

    private ClusterSpace(Kubectl kubectl, Path folder, Serving serving) throws IOException {
        this.serving = serving;
        this.kubectl = kubectl;
        this.folder = folder;
        this.volume = Files.createDirectory(folder.resolve("volume"));
        // Pods run as a user that this machine does not know.
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
        this.windrow = new Windrow(folder.resolve("home")).with("KUBECONFIG", kubectl.kubeconfig());
        kubectl.apply(VOLUME.replace("NAMESPACE", namespace).replace("FOLDER", volume.toString()));
        this.server = start(0);
    }

    /** A fresh one, or the end of the test. */
    static ClusterSpace orSkip(Path folder) throws IOException {
        return new ClusterSpace(
                Kubectl.orSkip(folder), folder, () -> List.of("--allow-plain-http"));
    }

    /** A fresh one whose server lets others in as the test wants. */
    static ClusterSpace of(Kubectl kubectl, Path folder, Serving serving) throws IOException {
        return new ClusterSpace(kubectl, folder, serving);
    }

    private ServerProcess start(int port) throws IOException {
        List<String> options = new ArrayList<>(serving.options());
        options.addAll(List.of("--bind", host(), "--port", Integer.toString(port)));
        options.addAll(List.of("--agent-image", image("AGENT", "windrow/agent:0.1.0")));
        options.addAll(List.of("--job-image", image("PYTHON", "windrow.test/python:3.11")));
        ServerProcess started =
                ServerProcess.start(windrow, folder, options.toArray(String[]::new));
        token = Files.readString(windrow.home().resolve("server/admin.token")).strip();
        windrow.with("WINDROW_TOKEN", token);
        return started;
    }

    private static String image(String which, String usual) {
        return System.getenv().getOrDefault("WINDROW_TEST_%s_IMAGE".formatted(which), usual);
    }

    /** Address of this machine, as pods see it. */
    String host() {
        return host(kubectl);
    }

    /** Address of this machine, as pods see it. */
    static String host(Kubectl kubectl) {
        String api =
                URI.create(
                                kubectl.run(
                                        "config",
                                        "view",
                                        "--minify",
                                        "-o",
                                        "jsonpath={.clusters[0].cluster.server}"))
                        .getHost();
        return System.getenv().getOrDefault("WINDROW_TEST_HOST", api);
    }

    /** What the server keeps of a job. */
    Path jobFolder(String name) {
        return windrow.jobFolder(name);
    }

    /**
     * Attaches the namespace as its owner does, and makes the volume the default datastore.
     *
     * @param more lines of the file that tells of the compute
     */
    ClusterSpace attached(String more) throws IOException {
        return attachedBy(attaching(more));
    }

    /** The same with what {@link #attaching} has given. */
    ClusterSpace attachedBy(String[] attaching) {
        online(attaching);
        online("datastore", "create", "workspaceblobstore", "--type", "pvc", "--path", "data");
        return this;
    }

    /** Gives the server its rights in the namespace, and the command that attaches it. */
    String[] attaching(String more) throws IOException {
        kubectl.apply(run("compute", "manifest", "--namespace", namespace).out());
        String context = kubectl.run("config", "current-context");
        Path file =
                Files.writeString(
                        folder.resolve("compute.yml"),
                        "name: pods\nnamespace: %s\n%s".formatted(namespace, more));
        return new String[] {"compute", "attach", "-f", file.toString(), "--context", context};
    }

    /** Sets a variable for the commands from now on. */
    ClusterSpace with(String name, String value) {
        windrow.with(name, value);
        return this;
    }

    /** Where the server is. */
    String url() {
        return server.url();
    }

    /** Runs a command that speaks to the server; fails the test when it fails. */
    Finished online(String... words) {
        Finished finished = tried(words);
        assertThat(finished.exit()).as("%s: %s", List.of(words), finished.err()).isZero();
        return finished;
    }

    /** Runs a command that speaks to the server, whatever becomes of it. */
    Finished tried(String... words) {
        String[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--server";
        all[words.length + 1] = server.url();
        return windrow.run(folder, all);
    }

    /** Runs a command; fails the test when it fails. */
    Finished run(String... words) {
        Finished finished = windrow.run(folder, words);
        assertThat(finished.exit()).as("%s: %s", List.of(words), finished.err()).isZero();
        return finished;
    }

    /** Kills the server and starts it again on the same address. */
    void restartServer() throws Exception {
        int port = server.port();
        server.kill();
        server = start(port);
    }

    /** Runs {@code kubectl} in the namespace. */
    String kubectl(String... words) {
        String[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--namespace";
        all[words.length + 1] = namespace;
        return kubectl.run(all);
    }

    /** Names of pods in a phase, the eldest first. */
    List<String> pods(String phase) {
        return kubectl(
                        "get",
                        "pods",
                        "--field-selector",
                        "status.phase=" + phase,
                        "--sort-by",
                        ".metadata.creationTimestamp",
                        "-o",
                        "jsonpath={.items[*].metadata.name}")
                .lines()
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** All objects of a namespace that a job could leave behind, by kind and name. */
    String objects() {
        return kubectl(
                "get",
                "pods,secrets,configmaps,services,jobs,persistentvolumeclaims,serviceaccounts,roles,rolebindings",
                "-o",
                "name");
    }

    void awaitObjects(String expected) {
        await("the namespace is as before: " + expected, () -> objects().equals(expected));
    }

    /** What the server says of a job; cheaper than a command where it is asked again and again. */
    JsonNode job(String name) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        server.url() + "/api/v1/workspaces/default/jobs/" + name))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(30))
                        .build();
        try {
            return JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void awaitNoPods() {
        await("no pod is left", () -> !objects().contains("pod/"));
    }

    String namespace() {
        return namespace;
    }

    /** The agent of a pod, which runs on this machine. */
    static ProcessHandle agent(String pod) {
        List<ProcessHandle> agents =
                ProcessHandle.allProcesses().filter(one -> isAgent(one, pod)).toList();
        assertThat(agents).as("agent of pod %s", pod).hasSize(1);
        return agents.getFirst();
    }

    private static boolean isAgent(ProcessHandle process, String pod) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.readString(proc.resolve("cmdline")).contains("PodAgentMain")
                    && Files.readString(proc.resolve("environ")).contains("HOSTNAME=" + pod + "\0");
        } catch (IOException _) {
            return false;
        }
    }

    /** Sends a signal by name. */
    static void signal(ProcessHandle process, String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** A file of the volume. */
    Path file(String path) {
        return volume.resolve(path);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            server.kill();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            kubectl.run("delete", "namespace", namespace, "--wait=false");
            kubectl.run("delete", "persistentvolume", namespace, "--wait=false");
        }
    }
}
