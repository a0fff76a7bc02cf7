package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody has caught is told with its cause, and its client is answered. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UncaughtFaultsTest {

    private record Told(String what, Throwable fault) {}

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final Vertx vertx = EventLoops.make((what, fault) -> told.add(new Told(what, fault)));
    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        threads.shutdown();
    }

    private HttpResponse<String> asked(Gate gate, Operation.Work work) throws Exception {
        Dispatcher dispatcher =
                new Dispatcher(
                        vertx,
                        threads,
                        gate,
                        (_, _, _, _) -> {},
                        (what, fault) -> told.add(new Told(what, fault)),
                        Traffic.NONE);
        Operation operation = new Operation("x", "GET", "/x", Caller.Role.READER, work);
        int port =
                vertx.createHttpServer()
                        .requestHandler(dispatcher.router(vertx, List.of(operation), 1_000))
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .actualPort();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/x")).build(),
                    BodyHandlers.ofString());
        }
    }

    private static void assertInternal(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"INTERNAL\"").doesNotContain("odd");
    }

    @Test
    void aFaultOnTheWayToTheWorkIsAnsweredAndTold() throws Exception {
        IllegalStateException odd = new IllegalStateException("odd");
        assertInternal(
                asked(
                        _ -> {
                            throw odd;
                        },
                        _ -> new Answer.Empty(204)));
        assertThat(told).containsExactly(new Told("GET /x", odd));
    }

    @Test
    void aFaultOnTheEventLoopIsTold() throws Exception {
        IllegalStateException odd = new IllegalStateException("odd");
        vertx.runOnContext(_ -> {
            throw odd;
        });
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(new Told("event loop", odd));
    }
}
