package dev.windrow.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.windrow.model.ParallelJob;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.JobWriter;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server that keeps the contract and runs nothing; lists come in pages of two. */
final class FakeApi implements AutoCloseable {
    /** Description of a job that ends only when canceled. */
    static final String SLOW = "slow";

    private static final String JOBS = "/api/v1/workspaces/default/jobs";
    private static final String LOG = "user/std_log.txt";
    private static final int PAGE = 2;

    private final HttpServer http;
    private final Map<String, FakeJob> jobs = new LinkedHashMap<>();
    private final FakeComputes computes = new FakeComputes();
    private final FakeDatastores datastores = new FakeDatastores();

    /** What a request is answered with. */
    record Reply(int status, String type, byte[] body) {
        static Reply json(int status, Map<String, ? extends @Nullable Object> document) {
            return new Reply(status, "application/json", Json.bytes(document));
        }

        static Reply text(String type, String text) {
            return new Reply(200, type, text.getBytes(StandardCharsets.UTF_8));
        }

        static Reply problem(int status, String code, String detail) {
            return problem(status, code, detail, List.of());
        }

        static Reply problem(int status, String code, String detail, List<?> errors) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("type", "about:blank");
            document.put("title", "No");
            document.put("status", status);
            document.put("code", code);
            document.put("detail", detail);
            document.put("errors", errors);
            return new Reply(status, "application/problem+json", Json.bytes(document));
        }
    }

    record Request(String method, String path, Map<String, List<String>> query, Map<?, ?> body) {
        String one(String name) {
            return query.getOrDefault(name, List.of("")).getFirst();
        }
    }

    FakeApi() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            Request request =
                    new Request(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            query(exchange.getRequestURI().getRawQuery()),
                            bytes.length == 0 ? Map.of() : Json.read(bytes, Map.class));
            Reply reply = answer(request);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            boolean empty = reply.body().length == 0;
            exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] sides = pair.split("=", 2);
            query.computeIfAbsent(sides[0], _ -> new ArrayList<>())
                    .add(URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private Reply answer(Request request) {
        if (request.path().startsWith(FakeComputes.COMPUTES)
                || request.path().startsWith(FakeComputes.OPERATIONS)) {
            return computes.answer(request);
        }
        if (request.path().startsWith(FakeDatastores.DATASTORES)) {
            return datastores.answer(request);
        }
        if (request.path().endsWith("/default/validate")) {
            return validate(request);
        }
        if (request.path().equals(JOBS)) {
            return list(request);
        }
        String[] steps = request.path().substring(JOBS.length() + 1).split("/", 2);
        if (request.method().equals("PUT")) {
            return put(steps[0], request);
        }
        @Nullable FakeJob job = jobs.get(steps[0]);
        if (job == null) {
            return Reply.problem(404, "JOB_NOT_FOUND", "name: " + steps[0] + " (expected: a job)");
        }
        return steps.length == 1 ? own(job, request) : part(job, steps[1], request);
    }

    private Reply own(FakeJob job, Request request) {
        return switch (request.method()) {
            case "GET" -> Reply.json(200, job.look());
            case "PATCH" -> {
                @Nullable String changed = job.patch(request.body());
                yield changed == null
                        ? Reply.json(200, job.document())
                        : Reply.problem(409, "PROPERTY_CONFLICT", changed + ": is set");
            }
            case "DELETE" -> {
                if (!job.ended()) {
                    yield Reply.problem(409, "JOB_NOT_ENDED", "It goes on.");
                }
                jobs.remove(job.name());
                yield new Reply(204, "text/plain", new byte[0]);
            }
            default -> Reply.problem(405, "METHOD", request.method());
        };
    }

    private Reply part(FakeJob job, String part, Request request) {
        return switch (part) {
            case "cancel" -> cancel(job);
            case "agent-token" ->
                    job.ended()
                            ? Reply.problem(409, "JOB_ENDED", "It has ended.")
                            : Reply.json(201, Map.of("token", "wj_fake"));
            case "archive" -> archive(job, true);
            case "restore" -> archive(job, false);
            case "spec" -> Reply.text("application/yaml", spec(job));
            case "settings" ->
                    Reply.json(200, Map.of("settings", List.of(Map.of("name", "a", "value", "1"))));
            case "why" -> Reply.json(200, Map.of("status", job.status, "answer", "It is done."));
            case "events" -> Reply.text("text/event-stream", events(job));
            case "mini-batches" -> miniBatches(request);
            case "mini-batches/0" ->
                    Reply.json(
                            200,
                            Map.of("index", 0, "state", "succeeded", "item_names", List.of("a")));
            case "logs" -> files(LOG, 3);
            case "outputs" ->
                    Reply.json(
                            200,
                            Map.of(
                                    "items",
                                    List.of(
                                            Map.of(
                                                    "name", "counts",
                                                    "type", "uri_file",
                                                    "location", "/out",
                                                    "ready", true))));
            case "outputs/counts/files" -> files("counts.txt", 6);
            case "outputs/counts/file" -> Reply.text("application/octet-stream", "a.txt\n");
            case "logs/file" -> log(request.one("path"));
            default -> Reply.problem(404, "NOT_FOUND", part);
        };
    }

    private static Reply log(String path) {
        return path.equals(LOG)
                ? Reply.text("text/plain", "log")
                : Reply.problem(404, "LOG_NOT_FOUND", path);
    }

    private static Reply cancel(FakeJob job) {
        if (job.ended()) {
            return Reply.problem(409, "JOB_ENDED", "It has ended.");
        }
        job.status = "CancelRequested";
        return Reply.json(202, job.document());
    }

    private static Reply archive(FakeJob job, boolean archived) {
        job.archived = archived;
        return Reply.json(200, job.document());
    }

    private static Reply files(String path, int bytes) {
        Map<String, Object> file = Map.of("path", path, "bytes", bytes, "complete", true);
        return Reply.json(200, Map.of("items", List.of(file)));
    }

    private static Reply miniBatches(Request request) {
        Map<String, Object> row = Map.of("index", 0, "state", "succeeded", "items", 1);
        boolean none = request.one("state").equals("failed");
        return Reply.json(200, Map.of("items", none ? List.of() : List.of(row)));
    }

    private static String spec(FakeJob job) {
        LoadedJob loaded = job.loaded;
        Path root = Objects.requireNonNull(loaded.baseFolder().getRoot());
        // Relative to the root and absolute are one slash apart.
        return JobWriter.yaml(JobWriter.rebased(loaded.job(), loaded.baseFolder(), root))
                .replace(" ./", " /");
    }

    private static String events(FakeJob job) {
        StringBuilder text = new StringBuilder();
        String running = "{\"status\":\"Running\",\"at\":\"2026-11-22T12:00:01Z\"}";
        text.append("id: 1\nevent: status\ndata: ").append(running).append("\n\n");
        while (!job.ended()) {
            job.look();
        }
        String end = new String(Json.bytes(job.document()), StandardCharsets.UTF_8);
        return text + "event: end\ndata: " + end + "\n\n";
    }

    private Reply list(Request request) {
        List<FakeJob> all = new ArrayList<>(jobs.values()).reversed();
        List<String> statuses = request.query().getOrDefault("status", List.of());
        List<Map<String, @Nullable Object>> found =
                all.stream()
                        .filter(job -> statuses.isEmpty() || statuses.contains(job.status))
                        .filter(job ->
                                request.query().getOrDefault("tag", List.of()).stream()
                                        .allMatch(job::has))
                        .filter(job ->
                                switch (request.one("view")) {
                                    case "all" -> true;
                                    case "archived" -> job.archived;
                                    default -> !job.archived;
                                })
                        .map(FakeJob::document)
                        .toList();
        String cursor = request.one("cursor");
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(found.size(), from + PAGE);
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", found.subList(from, to));
        page.put("next_cursor", to == found.size() ? null : String.valueOf(to));
        return Reply.json(200, page);
    }

    private Reply put(String name, Request request) {
        try {
            LoadedJob loaded = read(request);
            @Nullable FakeJob present = jobs.get(name);
            if (present == null) {
                FakeJob job = new FakeJob(name, loaded);
                jobs.put(name, job);
                return Reply.json(201, job.document());
            }
            ParallelJob before = present.loaded.job();
            Optional<String> difference = JobWriter.firstDifference(before, loaded.job());
            return difference.isEmpty()
                    ? Reply.json(200, present.document())
                    : Reply.problem(409, "JOB_CONFLICT", difference.get());
        } catch (InvalidJobException invalid) {
            return Reply.problem(400, "INVALID_JOB_SPEC", "mistakes", mistakes(invalid));
        }
    }

    private static Reply validate(Request request) {
        List<?> mistakes = List.of();
        try {
            read(request);
        } catch (InvalidJobException invalid) {
            mistakes = mistakes(invalid);
        }
        return Reply.json(
                200, Map.of("valid", mistakes.isEmpty(), "errors", mistakes, "notices", List.of()));
    }

    private static LoadedJob read(Request request) {
        List<String> set = new ArrayList<>();
        if (request.body().get("set") instanceof List<?> changes) {
            changes.forEach(change -> set.add(String.valueOf(change)));
        }
        return JobReader.read(
                String.valueOf(request.body().get("spec")),
                "job",
                Path.of(String.valueOf(request.body().get("base_path"))),
                new ReadOptions(set, Map.of(), Map.of(), false, true));
    }

    private static List<?> mistakes(InvalidJobException invalid) {
        return invalid.mistakes().stream()
                .map(one -> Map.of("code", one.code().name(), "message", one.message()))
                .toList();
    }
}
