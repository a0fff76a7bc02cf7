package dev.windrow.api;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerConfig.ManagementAddress;
import dev.windrow.runtime.host.ServerSecurity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on a free port over a home of its own, and a client that knows its token. */
final class RunningApi implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String JOBS = "/api/v1/workspaces/default/jobs";

    private static final Duration AGENT_LIMIT = Duration.ofSeconds(30);

    private final Path home;
    private final ApiServer server;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();
    final List<String> faults = new CopyOnWriteArrayList<>();

    RunningApi(Path home, HostLimits limits) throws IOException {
        this(home, limits, ServerSecurity.NONE);
    }

    RunningApi(Path home, HostLimits limits, ServerSecurity security) throws IOException {
        this(home, limits, security, Optional.empty());
    }

    RunningApi(
            Path home,
            HostLimits limits,
            ServerSecurity security,
            Optional<ManagementAddress> management)
            throws IOException {
        this.home = home;
        this.server =
                ApiServer.start(
                        new ServerConfig(
                                home,
                                "127.0.0.1",
                                0,
                                Optional.empty(),
                                limits,
                                security,
                                management,
                                ServerConfig.Images.USUAL),
                        "test",
                        (what, fault) -> faults.add(what + ": " + fault));
        this.token = Files.readString(AdminToken.file(home)).strip();
    }

    String url() {
        return server.url();
    }

    String metricsUrl() {
        return server.metricsUrl().orElseThrow();
    }

    /** A folder with a script of these lines, some input files, and a job over them. */
    Path job(String name, int files, String... script) throws IOException {
        Path folder = Files.createDirectories(home.resolve("work").resolve(name));
        Path input = Files.createDirectories(folder.resolve("input"));
        for (int i = 0; i < files; i++) {
            Files.writeString(input.resolve("file%03d.txt".formatted(i)), "line " + i);
        }
        Files.createDirectories(folder.resolve("src"));
        Files.write(folder.resolve("src/entry.py"), List.of(script));
        return folder;
    }

    /** A token by which agents come in for a job. */
    String agentToken(String job) throws IOException, InterruptedException {
        return json(post(JOBS + "/" + job + "/agent-token", "")).path("token").stringValue();
    }

    /**
     * A request of an agent.
     *
     * @param path behind {@code /api/v1/agent/}
     */
    HttpRequest.Builder asAgent(String bearer, String path) {
        return HttpRequest.newBuilder(URI.create(url() + "/api/v1/agent/" + path))
                .timeout(AGENT_LIMIT)
                .header("Authorization", "Bearer " + bearer);
    }

    static String spec(String... more) {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "type: parallel",
                                "inputs:",
                                "  docs: {type: uri_folder, path: ./input}",
                                "outputs:",
                                "  scores: {type: uri_file}",
                                "input_data: ${{inputs.docs}}",
                                "mini_batch_size: \"1\"",
                                "max_concurrency_per_instance: 1",
                                "task:",
                                "  type: run_function",
                                "  code: ./src",
                                "  entry_script: entry.py",
                                "  append_row_to: ${{outputs.scores}}"));
        lines.addAll(List.of(more));
        return String.join("\n", lines) + "\n";
    }

    static String submission(Path folder, String spec) {
        return JSON.createObjectNode()
                .put("spec", spec)
                .put("base_path", folder.toString())
                .toString();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path).GET());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(json(path).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String name, String body) throws IOException, InterruptedException {
        return send(json(JOBS + "/" + name).PUT(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder json(String path) {
        return to(path).header("Content-Type", "application/json");
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    /** The events of a job until it has ended. */
    List<String> events(String name) throws IOException, InterruptedException {
        return get(JOBS + "/" + name + "/events").body().lines().toList();
    }

    /** The job once it has ended. */
    JsonNode ended(String name) throws IOException, InterruptedException {
        events(name);
        return json(get(JOBS + "/" + name));
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
