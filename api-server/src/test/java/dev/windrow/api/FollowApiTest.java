package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Following log files over a real socket. */
@Timeout(120)
final class FollowApiTest {

    /** Two bytes, so that a piece of even length and one of odd length cut differently. */
    private static final String LETTER = "ä";

    private static final int LINE = 100 << 20;
    private static final int PIECE_MOST = 1 << 16;

    @TempDir Path home;
    private RunningApi api;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        api = new RunningApi(home, new HostLimits(1, 100));
        client = HttpClient.newHttpClient();
        Path folder =
                api.job(
                        "held",
                        1,
                        "import os, time",
                        "def run(mini_batch):",
                        "    print('begun', flush=True)",
                        "    while not os.path.exists('%s'): time.sleep(0.01)".formatted(go()),
                        "    return [1]");
        assertThat(api.put("held", submission(folder, spec())).statusCode()).isEqualTo(201);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        api.close();
        assertThat(api.faults).isEmpty();
    }

    private Path go() {
        return home.resolve("go");
    }

    private Path log(String path) throws IOException {
        Path file = home.resolve("jobs/held/logs").resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        return file;
    }

    private HttpResponse<Stream<String>> follow(String query) throws Exception {
        return client.send(
                api.to(JOBS + "/held/events?" + query).GET().build(), BodyHandlers.ofLines());
    }

    /** The next log event; fails when the stream ends before. */
    private static JsonNode next(Iterator<String> lines) {
        while (!lines.next().equals("event: log")) {
            // Something else has happened.
        }
        return RunningApi.JSON.readTree(lines.next().substring("data: ".length()));
    }

    private static String nextWaits(Iterator<String> lines) {
        while (!lines.next().equals("event: progress")) {
            // Something else has happened.
        }
        JsonNode said = RunningApi.JSON.readTree(lines.next().substring("data: ".length()));
        return said.path("waits").stringValue("nothing");
    }

    /** There is room for one job at a time. */
    @Test
    void progressTellsWhatAJobWaitsForUntilItGoesOn() throws Exception {
        Path folder = api.job("next", 1, "def run(mini_batch):", "    return [1]");
        assertThat(api.put("next", submission(folder, spec())).statusCode()).isEqualTo(201);
        HttpResponse<Stream<String>> answer =
                client.send(api.to(JOBS + "/next/events").GET().build(), BodyHandlers.ofLines());
        try (Stream<String> stream = answer.body()) {
            Iterator<String> lines = stream.iterator();
            assertThat(nextWaits(lines))
                    .isEqualTo("waits for the one job to end that may run at a time");
            Files.createFile(go());
            String waits = nextWaits(lines);
            while (!waits.equals("nothing")) {
                waits = nextWaits(lines);
            }
            assertThat(lines).toIterable().contains("event: end");
        }
    }

    @Test
    void anyLogFileIsFollowedFromItsStartToTheEndOfTheJob() throws Exception {
        try (Stream<String> stream = follow("log_file=sys/node/0/mine.txt").body()) {
            Iterator<String> lines = stream.iterator();
            // It need not be there when one begins to follow it.
            Path file = log("sys/node/0/mine.txt");
            Files.writeString(file, "one\nha");
            assertThat(next(lines).path("text").stringValue("")).isEqualTo("one\n");
            Files.writeString(file, "lf\nend", StandardOpenOption.APPEND);
            JsonNode second = next(lines);
            assertThat(second.path("text").stringValue("")).isEqualTo("half\n");
            assertThat(second.path("path").stringValue("")).isEqualTo("sys/node/0/mine.txt");
            assertThat(second.path("offset").intValue(-1)).isEqualTo(4);
            assertThat(second.path("bytes").intValue(-1)).isEqualTo(5);
            Files.createFile(go());
            assertThat(next(lines).path("text").stringValue("")).isEqualTo("end");
            assertThat(lines).toIterable().contains("event: end").doesNotContain("event: log");
        }
    }

    @Test
    void aFileThatIsWrittenAtTheEndIsThereBeforeTheEndIsTold() throws Exception {
        Files.createFile(go());
        try (Stream<String> stream = follow("log_file=job_result.txt").body()) {
            assertThat(next(stream.iterator()).path("text").stringValue("")).isNotEmpty();
        }
    }

    @Test
    void noFileIsFollowedOutOfTheLogs() throws Exception {
        Files.createSymbolicLink(log("link"), home.resolve("server/admin.token"));
        Files.createSymbolicLink(log("user/link"), home.resolve("server/admin.token"));
        for (String path :
                new String[] {"../ledger.db", "%2Fetc%2Fpasswd", ".", "user/..", "%00"}) {
            assertThat(api.get(JOBS + "/held/events?log_file=" + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        Files.createFile(go());
        api.ended("held");
        for (String query : new String[] {"logs=true", "log_file=link", "log_file=user/link"}) {
            try (Stream<String> lines = follow(query).body()) {
                assertThat(lines).filteredOn(line -> line.contains("link")).isEmpty();
            }
        }
    }

    @Test
    void aLineOfAHundredMebibytesComesInPiecesOfWholeCharacters() throws Exception {
        Path file = log("user/stdout/0/long.txt");
        byte[] part = LETTER.repeat(1 << 19).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write('x');
            for (int written = 0; written < LINE; written += part.length) {
                out.write(part);
            }
        }
        Files.createFile(go());
        long bytes = 0;
        try (Stream<String> stream = follow("log_file=user/stdout/0/long.txt").body()) {
            Iterator<String> lines = stream.iterator();
            while (bytes < LINE + 1) {
                JsonNode piece = next(lines);
                String text = piece.path("text").stringValue("");
                assertThat(piece.path("offset").longValue(-1)).isEqualTo(bytes);
                assertThat(text).matches("x?[ä]+");
                assertThat(piece.path("bytes").intValue(-1))
                        .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(PIECE_MOST);
                bytes += piece.path("bytes").intValue(0);
            }
            assertThat(lines).toIterable().contains("event: end").doesNotContain("event: log");
        }
        assertThat(bytes).isEqualTo(LINE + 1L);
        HttpResponse<String> range =
                api.send(
                        api.to(JOBS + "/held/logs/file?path=user/stdout/0/long.txt")
                                .header("Range", "bytes=0-2"));
        assertThat(range.body()).isEqualTo("x" + LETTER);
    }

    @Test
    void whoeverFollowsALongLineAndNeverReadsKeepsNobodyWaiting() throws Exception {
        Files.write(log("user/stdout/0/long.txt"), new byte[LINE]);
        HttpResponse<Stream<String>> unread = follow("logs=true");
        for (int i = 0; i < 20; i++) {
            assertThat(api.get(JOBS + "/held").statusCode()).isEqualTo(200);
        }
        Files.createFile(go());
        assertThat(api.ended("held").path("status").stringValue("")).isEqualTo("Completed");
        unread.body().close();
    }
}
