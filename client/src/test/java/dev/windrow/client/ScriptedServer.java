package dev.windrow.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a real socket that answers as it was told, one answer after the other. */
final class ScriptedServer implements AutoCloseable {
    /** Short waits, so that a test of a lost connection ends soon. */
    static final Patience SHORT =
            new Patience(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    3,
                    4,
                    Duration.ofMillis(1),
                    Duration.ofMillis(20));

    static final String JSON = "application/json";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What one request is answered with. */
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    /** What has been asked. */
    record Request(String method, String target, Headers headers, String body) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    ScriptedServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(
                    new Request(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders(),
                            body));
            Answer answer = answers.poll();
            if (answer == null) {
                exchange.sendResponseHeaders(599, -1);
            } else {
                answer.give(exchange);
            }
        }
    }

    ScriptedServer then(Answer answer) {
        answers.add(answer);
        return this;
    }

    ScriptedServer then(int status, String type, String body) {
        return then(body(status, type, body.getBytes(StandardCharsets.UTF_8)));
    }

    ScriptedServer thenProblem(int status, String code, String detail) {
        return then(status, "application/problem+json", Samples.problem(status, code, detail));
    }

    static Answer body(int status, String type, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /** Promises so many bytes, sends fewer and hangs up. */
    static Answer broken(int status, String type, byte[] part, long promised, String... header) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int i = 0; i < header.length; i += 2) {
                exchange.getResponseHeaders().set(header[i], header[i + 1]);
            }
            exchange.sendResponseHeaders(status, promised);
            OutputStream out = exchange.getResponseBody();
            out.write(part);
            out.flush();
        };
    }

    /** Sends events and ends the stream. */
    static Answer events(String text) {
        return body(200, "text/event-stream", text.getBytes(StandardCharsets.UTF_8));
    }

    JobClient jobs() {
        return Workspace.at(uri(), SHORT).withToken("token").jobs();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
