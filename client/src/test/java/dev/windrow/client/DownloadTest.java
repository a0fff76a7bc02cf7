package dev.windrow.client;

import static dev.windrow.client.ScriptedServer.JSON;
import static dev.windrow.client.ScriptedServer.body;
import static dev.windrow.client.ScriptedServer.broken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadTest {

    private static final String BYTES = "application/octet-stream";

    @TempDir private Path folder;
    private final ScriptedServer server;
    private final JobClient jobs;

    DownloadTest() throws IOException {
        server = new ScriptedServer();
        jobs = server.jobs();
    }

    @BeforeEach
    void end() {
        server.then(200, JSON, Samples.job("oats", "Completed"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void lists(String path, int bytes) {
        String escaped = path.replace("\\", "\\\\").replace("\0", "\\u0000");
        server.then(
                200,
                JSON,
                "{\"items\":[{\"path\":\"%s\",\"bytes\":%d}],\"next_cursor\":null}"
                        .formatted(escaped, bytes));
    }

    private Downloaded output() throws IOException {
        return jobs.download("oats", folder, DownloadOptions.output("counts"));
    }

    private Path file(String path) {
        return folder.resolve("named-outputs/counts").resolve(path);
    }

    @Test
    void goesOnAtTheByteWhereTheConnectionBroke() throws IOException {
        lists("deep/ä b.txt", 10);
        server.then(broken(200, BYTES, ascii("0123"), 10))
                .then(broken(206, BYTES, ascii("45"), 6, "Content-Range", "bytes 4-9/10"))
                .then(broken(206, BYTES, ascii("6789"), 4, "Content-Range", "bytes 6-9/10"));
        assertThat(output()).isEqualTo(new Downloaded(folder, 1, 10));
        assertThat(file("deep/ä b.txt")).hasContent("0123456789");
        assertThat(server.requests())
                .extracting(request -> request.header("Range"))
                .containsExactly("null", "null", "null", "bytes=4-", "bytes=6-");
        assertThat(server.requests().getLast().target())
                .endsWith("/outputs/counts/file?path=deep%2F%C3%A4%20b.txt");
    }

    @Test
    void copesWithAServerThatSendsTheWholeAgain() throws IOException {
        lists("a", 10);
        server.then(broken(200, BYTES, ascii("0123"), 10))
                .then(body(200, BYTES, ascii("0123456789")));
        output();
        assertThat(file("a")).hasContent("0123456789");
    }

    @Test
    void leavesNothingBehindOfAFileThatIsNotAsListed() throws IOException {
        lists("long", 3);
        server.then(body(200, BYTES, ascii("0123456789")));
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(this::output)
                .withMessageContaining("more bytes (expected: 3");
        server.then(200, JSON, Samples.job("oats", "Completed"));
        lists("short", 20);
        server.then(body(200, BYTES, ascii("0123456789")));
        for (int i = 0; i < ScriptedServer.SHORT.reconnects(); i++) {
            server.thenProblem(503, "STARTING", "Again.");
        }
        assertThatExceptionOfType(ServerException.class).isThrownBy(this::output);
        server.then(200, JSON, Samples.job("oats", "Completed"));
        lists("page", 6);
        server.then(200, "text/html", "<html>");
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(this::output)
                .withMessageContaining("text/html");
        assertThat(file("")).isEmptyDirectory();
    }

    @Test
    void refusesARangeThatWasNotAskedFor() {
        lists("a", 10);
        server.then(broken(200, BYTES, ascii("0123"), 10))
                .then(broken(206, BYTES, ascii("0123"), 4, "Content-Range", "bytes 0-3/10"));
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(this::output)
                .withMessageContaining("expected: bytes 4-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a",
                "a/../../../b",
                "/etc/passwd",
                "a//b",
                "./a",
                "a/.",
                "a/",
                "",
                "a\0b"
            })
    void refusesPathsThatLeaveTheFolder(String path) {
        lists(path, 4);
        server.then(body(200, BYTES, ascii("evil")));
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(this::output)
                .satisfies(e -> assertThat(e.code()).isEqualTo("UNSAFE_PATH"));
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/b", "."})
    void refusesOutputsWithSuchNames(String name) {
        server.then(200, JSON, "{\"items\":[],\"next_cursor\":null}")
                .then(
                        200,
                        JSON,
                        "{\"items\":[{\"name\":\"%s\",\"type\":\"uri_folder\",\"location\":\"x\","
                                        .formatted(name)
                                + "\"ready\":true}]}");
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> jobs.download("oats", folder, DownloadOptions.everything()))
                .satisfies(e -> assertThat(e.code()).isEqualTo("UNSAFE_PATH"));
    }

    @Test
    void doesNotFollowLinksOutOfTheFolder(@TempDir Path elsewhere) throws IOException {
        Files.createDirectories(file(""));
        Files.createSymbolicLink(file("link"), elsewhere);
        lists("link/deep/a", 4);
        assertThatExceptionOfType(ServerException.class).isThrownBy(this::output);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void replacesALinkRatherThanWhatItPointsTo(@TempDir Path elsewhere) throws IOException {
        Path mine = Files.writeString(elsewhere.resolve("mine"), "mine");
        Files.createDirectories(file(""));
        Files.createSymbolicLink(file("a"), mine);
        lists("a", 4);
        server.then(body(200, BYTES, ascii("new!")));
        output();
        assertThat(mine).hasContent("mine");
        assertThat(file("a")).hasContent("new!").isRegularFile();
    }

    @Test
    void laysLogsAndOutputsOutAsAzureDoes() throws IOException {
        lists("user/std_log_0.txt", 3);
        server.then(body(200, "text/plain", ascii("log")))
                .then(
                        200,
                        JSON,
                        """
                        {"items":[
                        {"name":"counts","type":"uri_file","location":"x","ready":true},
                        {"name":"later","type":"uri_file","location":"y","ready":false}]}\
                        """);
        lists("counts.txt", 0);
        server.then(body(200, BYTES, new byte[0]));
        Downloaded done = jobs.download("oats", folder, DownloadOptions.everything());
        assertThat(done).isEqualTo(new Downloaded(folder, 2, 3));
        assertThat(folder.resolve("artifacts/user/std_log_0.txt")).hasContent("log");
        assertThat(file("counts.txt")).isEmptyFile();
    }

    @Test
    void refusesAJobThatHasNotEnded() {
        server.then(200, JSON, Samples.job("rye", "Running"));
        jobs.get("oats");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> jobs.download("rye", folder, DownloadOptions.logs()))
                .withMessage("status: Running (expected: Completed, Failed or Canceled)");
    }

    @Test
    void tellsFaultsOfThisMachineFromThoseOfTheNetwork() {
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("disk full");
                    }
                };
        jobs.get("oats");
        server.then(body(200, "text/plain", ascii("log")));
        assertThatIOException()
                .isThrownBy(() -> jobs.logs("oats").read("a", full))
                .withMessage("disk full");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void noticesThatOnlyTheEndWasLost() throws IOException {
        lists("a", 4);
        server.then(broken(200, BYTES, ascii("0123"), 10));
        output();
        assertThat(file("a")).hasContent("0123");
        server.then(broken(200, "text/plain", ascii("0123"), 10))
                .thenProblem(416, "RANGE", "bytes=4- (expected: a range in the file)");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(jobs.logs("oats").read("a", out)).isEqualTo(4);
        assertThat(server.requests().getLast().header("Range")).isEqualTo("bytes=4-");
    }

    @Test
    void readsALogThatIsStillGrowing() throws IOException {
        jobs.get("oats");
        server.then(broken(200, "text/plain", ascii("0123"), 10))
                .then(
                        broken(
                                206,
                                "text/plain",
                                ascii("456789+"),
                                7,
                                "Content-Range",
                                "bytes 4-10/11"))
                .then(body(200, "text/plain", ascii("Grün")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(jobs.logs("oats").read("a", out)).isEqualTo(11);
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("0123456789+");
        assertThat(jobs.logs("oats").read("a")).isEqualTo("Gr?n");
    }
}
