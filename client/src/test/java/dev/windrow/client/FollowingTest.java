package dev.windrow.client;

import static dev.windrow.client.ScriptedServer.JSON;
import static dev.windrow.client.ScriptedServer.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FollowingTest {

    private final ScriptedServer server;
    private final JobClient jobs;
    private final Told told = new Told();

    FollowingTest() throws IOException {
        server = new ScriptedServer();
        jobs = server.jobs();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String status(String id, String status) {
        return "id: %s\nevent: status\ndata: {\"status\":\"%s\",\"at\":\"2026-11-22T12:00:03Z\"}\n\n"
                .formatted(id, status);
    }

    private static String end(String job) {
        return "event: end\ndata: " + job + "\n\n";
    }

    @Test
    void goesOnWhereABrokenStreamHasLeftOff() {
        String half = status("1", "Running") + "id: 2\nevent: status\ndata: {\"sta";
        server.then(
                        ScriptedServer.broken(
                                200,
                                "text/event-stream",
                                (": hello\n\n" + half).getBytes(StandardCharsets.UTF_8),
                                100_000))
                .thenProblem(503, "STARTING", "Again.")
                .then(events(status("2-17", "Finalizing")))
                .then(events(end(Samples.job("oats", "Completed"))));
        assertThat(jobs.stream("oats", told).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(told.lines)
                .containsExactly(
                        "Running",
                        "disconnected",
                        "reconnected",
                        "Finalizing",
                        "disconnected",
                        "reconnected",
                        "end Completed");
        assertThat(server.requests())
                .extracting(request -> request.header("Last-Event-ID"))
                .containsExactly("null", "1", "1", "2-17");
    }

    @Test
    void goesOnThroughACancelToTheEnd() {
        server.then(
                events(
                        status("1", "CancelRequested")
                                + status("2", "Dozing")
                                + "event: later-invention\ndata: ?\n\n"
                                + end(Samples.job("oats", "Canceled"))));
        assertThat(jobs.stream("oats", told).status()).isEqualTo(JobStatus.CANCELED);
        assertThat(told.lines).containsExactly("CancelRequested", "Unknown", "end Canceled");
    }

    @Test
    void throwsWhenTheJobHasFailed() {
        server.then(200, JSON, Samples.job("oats", "Running"))
                .then(events(end(Samples.failedJob("oats"))));
        SubmittedJob job = jobs.get("oats");
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> job.stream(told))
                .withMessage("oats failed: init() raised First failure: ValueError: no model")
                .satisfies(failed -> assertThat(failed.code()).isEqualTo("INIT_FAILED"));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void asksForLogsOnlyWhenWanted() {
        server.then(events(end(Samples.job("oats", "Completed"))))
                .then(
                        events(
                                "event: log\ndata: {\"path\":\"user/a.txt\",\"offset\":7,\ndata:"
                                        + " \"text\":\"hello\\n\"}\n\n"
                                        + end(Samples.job("oats", "Completed"))));
        jobs.stream("oats", told);
        List<String> text = new ArrayList<>();
        jobs.logs("oats").follow(log -> text.add(log.path() + " " + log.offset() + log.text()));
        assertThat(text).containsExactly("user/a.txt 7hello\n");
        assertThat(server.requests().get(0).target()).endsWith("/oats/events");
        assertThat(server.requests().get(1).target()).endsWith("/oats/events?logs=true");
    }

    private static String log(long offset, int bytes, String text) {
        return "event: log\ndata: {\"path\":\"user/a.txt\",\"offset\":%d,\"bytes\":%d,\"text\":\"%s\"}\n\n"
                .formatted(offset, bytes, text);
    }

    @Test
    void tellsNoTextOfALogTwiceWhenTheStreamIsOpenedAgain() {
        server.then(events(log(0, 6, "grün ") + log(6, 4, "rot ")))
                // From its start, cut elsewhere, and with bytes that are no text.
                .then(events(log(0, 8, "grün ro")))
                .then(events(log(0, 15, "grün rot blau ")))
                .then(events(log(15, 2, "\ufffd\ufffd")))
                .then(events(log(0, 17, "grün rot blau \ufffd\ufffd") + log(17, 1, "!")))
                .then(events(end(Samples.job("oats", "Completed"))));
        StringBuilder text = new StringBuilder();
        jobs.logs("oats").follow(log -> text.append(log.text()));
        assertThat(text).hasToString("grün rot blau \ufffd\ufffd!");
    }

    @Test
    void followsOneFileByItsPath() {
        server.then(events(log(0, 2, "x ") + end(Samples.job("oats", "Completed"))));
        StringBuilder text = new StringBuilder();
        jobs.logs("oats").follow("sys/node/0/_main.txt", log -> text.append(log.text()));
        assertThat(text).hasToString("x ");
        assertThat(server.requests().getFirst().target())
                .endsWith("/oats/events?log_file=sys%2Fnode%2F0%2F_main.txt");
    }

    @Test
    void givesUpWhenNothingComesTimeAfterTime() {
        server.then(events(status("1", "Queued"))).then(events(": beat\n\n"));
        for (int i = 0; i < ScriptedServer.SHORT.reconnects(); i++) {
            server.then(events(""));
        }
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.stream("oats", told))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ServerException.CONNECTION_LOST));
        assertThat(server.requests()).hasSize(1 + ScriptedServer.SHORT.reconnects());
    }

    @Test
    void connectsAgainWhenNoByteComes() {
        Patience hasty =
                new Patience(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(50),
                        1,
                        3,
                        Duration.ofMillis(1),
                        Duration.ofMillis(5));
        CountDownLatch done = new CountDownLatch(1);
        server.then(
                        exchange -> {
                            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                            exchange.sendResponseHeaders(200, 0);
                            exchange.getResponseBody()
                                    .write(status("1", "Running").getBytes(UTF_8));
                            exchange.getResponseBody().flush();
                            await(done);
                        })
                .then(events(end(Samples.job("oats", "Completed"))));
        SubmittedJob job = Workspace.at(server.uri(), hasty).jobs().stream("oats", told);
        done.countDown();
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(server.requests()).hasSize(2);
    }

    private static final Charset UTF_8 = StandardCharsets.UTF_8;

    private static void await(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void refusesWhatIsNoStreamOfEvents() {
        server.then(200, "text/html", "<html>");
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.stream("oats", told))
                .withMessageContaining("text/event-stream");
        server.then(events("event: status\ndata: {\"status\":\n\n"));
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.stream("oats", told))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ServerException.BAD_ANSWER));
        server.thenProblem(404, "JOB_NOT_FOUND", "Gone.");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> jobs.stream("oats", told));
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void printsAsARunOffATerminalDoes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        server.then(200, JSON, Samples.job("oats", "Queued"))
                .then(
                        events(
                                status("1", "Running")
                                        + "event: note\ndata: {\"kind\":\"lost\",\"text\":\"a\\u001b"
                                        + "worker\\nwas lost\",\"at\":\"2026-11-22T12:01:05Z\"}\n\n"
                                        + end(Samples.failedJob("oats"))));
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> jobs.stream("oats", out));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "job oats  http://localhost/jobs/oats",
                        "0:03  Running",
                        "1:05  a worker was lost",
                        "Failed  oats",
                        "  reason        INIT_FAILED: init() raised",
                        "  first failure ValueError: no model",
                        "  mini-batches  4 of 5 ok, 1 failed, 0 unprocessed, 1 retried",
                        "  items         16 of 20 ok, 4 failed, 0 unprocessed",
                        "  time          2.5 s (2.0/s)",
                        "  output        counts  /data/counts.txt",
                        "  logs          http://localhost/jobs/oats/logs");
    }

    @Test
    void waitsUntilTheJobHasEnded() {
        server.then(200, JSON, Samples.job("oats", "Running"))
                .then(200, JSON, Samples.job("oats", "Running"))
                .then(200, JSON, Samples.failedJob("oats"));
        SubmittedJob job = jobs.get("oats");
        assertThat(job.waitForCompletion(Duration.ofDays(100_000))).isTrue();
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void stopsWaitingWhenTheTimeIsOver() {
        server.then(200, JSON, Samples.job("oats", "Running"))
                .then(200, JSON, Samples.job("oats", "Running"));
        assertThat(jobs.get("oats").waitForCompletion(Duration.ZERO)).isFalse();
        assertThat(server.requests()).hasSize(2);
    }

    private static final class Told implements JobListener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void status(StatusEvent event) {
            lines.add(event.status().toString());
        }

        @Override
        public void disconnected() {
            lines.add("disconnected");
        }

        @Override
        public void reconnected() {
            lines.add("reconnected");
        }

        @Override
        public void end(JobSnapshot job) {
            lines.add("end " + job.status());
        }
    }
}
