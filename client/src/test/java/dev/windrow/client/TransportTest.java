package dev.windrow.client;

import static dev.windrow.client.ScriptedServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.client.ScriptedServer.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransportTest {

    private final ScriptedServer server;
    private final JobClient jobs;

    TransportTest() throws IOException {
        server = new ScriptedServer();
        jobs = server.jobs();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void sendsTheTokenAndWhatItTakes() {
        server.then(200, JSON, Samples.job("oats", "Running"));
        assertThat(jobs.get("oats").status()).isEqualTo(JobStatus.RUNNING);
        Request request = server.requests().getFirst();
        assertThat(request.target()).isEqualTo("/api/v1/workspaces/default/jobs/oats");
        assertThat(request.header("Authorization")).isEqualTo("Bearer token");
        assertThat(request.header("Accept")).contains(JSON, "application/problem+json");
    }

    @Test
    void takesStatusesOfALaterServerForUnknown() {
        server.then(200, "application/json; charset=utf-8", Samples.job("oats", "Paused"));
        SubmittedJob job = jobs.get("oats");
        assertThat(job.status()).isEqualTo(JobStatus.UNKNOWN);
        assertThat(job.statusReason()).isEmpty();
        assertThat(job.snapshot().seconds()).isEmpty();
        assertThat(job.snapshot().displayName()).isEmpty();
        assertThat(job.snapshot().notices()).isEmpty();
        assertThat(job.creationContext().createdBy()).isEqualTo("ann");
    }

    @Test
    void makesExceptionsOfProblems() {
        server.thenProblem(404, "JOB_NOT_FOUND", "name: oats (expected: a job)");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> jobs.get("oats"))
                .withMessage("name: oats (expected: a job)")
                .satisfies(e -> assertThat(e.code()).isEqualTo("JOB_NOT_FOUND"));
        server.thenProblem(409, "JOB_ENDED", "It has ended.");
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> jobs.cancel("oats"));
        server.thenProblem(401, "UNAUTHORIZED", "No token.");
        assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(() -> jobs.why("oats"));
        server.thenProblem(403, "FORBIDDEN", "Readers only read.");
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> jobs.archive("oats"));
        server.thenProblem(500, "INTERNAL", "Our fault.");
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.settings("oats"))
                .satisfies(e -> assertThat(e.status()).isEqualTo(500));
    }

    @Test
    void givesEveryMistakeOfAProblem() {
        server.then(
                400,
                "application/problem+json",
                """
                {"type":"about:blank","title":"No","status":400,"code":"INVALID_JOB_SPEC",
                 "detail":"2 mistakes","errors":[
                 {"code":"INVALID_VALUE","message":"a: 1 (expected: 2)","path":"a","line":3,
                  "column":4,"value":"1","rule":"2"},
                 {"code":"NEW_CODE","message":"b: missing"}]}\
                """);
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> jobs.update("oats", JobUpdate.none().tag("a", "b")))
                .withMessage("3:4 a: 1 (expected: 2)\nb: missing")
                .satisfies(e -> assertThat(e.mistakes()).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void asksAgainWhenTheServerIsBusy(int status) {
        server.thenProblem(status, "BUSY", "Later.")
                .thenProblem(status, "BUSY", "Later.")
                .then(200, JSON, Samples.job("oats", "Queued"));
        assertThat(jobs.get("oats").status()).isEqualTo(JobStatus.QUEUED);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void givesUpAfterThreeAttempts() {
        for (int i = 0; i < 4; i++) {
            server.thenProblem(503, "STARTING", "The server starts.");
        }
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.get("oats"))
                .withMessage("The server starts.");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void doesNotRepeatWhatMayNotBeRepeated() {
        server.thenProblem(503, "STARTING", "The server starts.");
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.update("oats", JobUpdate.none().withoutTag("a")));
        Request patch = server.requests().getFirst();
        assertThat(server.requests()).hasSize(1);
        assertThat(patch.method()).isEqualTo("PATCH");
        assertThat(patch.header("Content-Type")).isEqualTo("application/merge-patch+json");
        assertThat(patch.body()).isEqualTo("{\"tags\":{\"a\":null}}");
    }

    @Test
    void asksAgainAfterABrokenAnswer() {
        byte[] half = Samples.job("oats", "Queued").substring(0, 100).getBytes(ASCII);
        server.then(ScriptedServer.broken(200, JSON, half, 4_000))
                .then(200, JSON, Samples.job("oats", "Queued"));
        assertThat(jobs.get("oats").status()).isEqualTo(JobStatus.QUEUED);
    }

    private static final Charset ASCII = StandardCharsets.US_ASCII;

    @Test
    void countsARepeatedDeleteThatFindsNothingAsDone() {
        server.thenProblem(502, "GATEWAY", "?").thenProblem(404, "JOB_NOT_FOUND", "Gone.");
        jobs.delete("oats");
        server.thenProblem(404, "JOB_NOT_FOUND", "Gone.");
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> jobs.delete("oats"));
    }

    @Test
    void saysWhatToDoWhenThereIsNoServer() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI uri = URI.create("http://127.0.0.1:" + port);
        JobClient nobody = Workspace.at(uri, ScriptedServer.SHORT).jobs();
        assertThatExceptionOfType(NoServerException.class)
                .isThrownBy(() -> nobody.get("oats"))
                .withMessage(
                        "No server at %s. Start one: windrow server. Or run here: windrow run FILE",
                        uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"id\":",
                "{\"id\":1} x",
                "{\"id\":{\"a\":1}}",
                "<html>"
            })
    void refusesDocumentsThatAreNone(String body) {
        server.then(200, JSON, body);
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.get("oats"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ServerException.BAD_ANSWER));
    }

    @Test
    void refusesAnswersOfAnotherType() {
        server.then(200, "text/html", "<html>Sign in</html>");
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.get("oats"))
                .withMessage("Content-Type: text/html (expected: application/json)");
        server.then(401, "text/html", "<html>Sign in</html>");
        assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(() -> jobs.get("oats"));
        server.then(404, "text/html", "<html>What?</html>");
        assertThatExceptionOfType(ServerException.class).isThrownBy(() -> jobs.get("oats"));
    }

    @Test
    void doesNotTakeATokenElsewhere() {
        server.then(exchange -> {
            exchange.getResponseHeaders().set("Location", server.uri() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        assertThatExceptionOfType(ServerException.class).isThrownBy(() -> jobs.get("oats"));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void refusesHugeDocuments() {
        byte[] huge = new byte[BoundedBody.MAX + 1];
        Arrays.fill(huge, (byte) ' ');
        server.then(ScriptedServer.body(200, JSON, huge));
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.get("oats"))
                .withMessage("body: larger (expected: 16777216 bytes at most)");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheServerAsksUpToABound() {
        assertThat(Problems.retryAfter(headers("7"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(Problems.retryAfter(headers("-7"))).isEqualTo(Duration.ZERO);
        assertThat(Problems.retryAfter(headers("Sun, 06 Nov 1994 08:49:37 GMT"))).isZero();
    }

    private static HttpHeaders headers(String retryAfter) {
        return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (_, _) -> true);
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        server.thenProblem(503, "STARTING", "The server starts.");
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedCallException.class)
                .isThrownBy(() -> jobs.get("oats"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void stopsWaitingForTheNextAttemptWhenInterrupted() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        server.then(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            exchange.sendResponseHeaders(503, -1);
            asked.countDown();
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                jobs.get("oats");
                            } catch (WindrowException e) {
                                thrown.set(e);
                            }
                        });
        asked.await();
        waiting.interrupt();
        waiting.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedCallException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void refusesNamesThatNoJobHas() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> jobs.get("../../server"));
        assertThat(server.requests()).isEmpty();
    }
}
