package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.Retention;
import dev.windrow.spec.content.Digests;
import dev.windrow.spec.content.ManifestEntry;
import dev.windrow.spec.content.ManifestWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class UploadApiTest {

    private static final String WORKSPACE = "/api/v1/workspaces/default";
    private static final int PART = 8 << 20;

    @TempDir Path home;
    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        Retention retention = new Retention(Optional.empty(), Duration.ofDays(7), 40L << 20);
        api = new RunningApi(home, new HostLimits(2, 100, retention));
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
        assertThat(api.faults).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha(byte[] bytes) {
        return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
    }

    private HttpResponse<String> put(String digest, String range, byte[] body)
            throws IOException, InterruptedException {
        return api.send(
                api.to(WORKSPACE + "/blobs/" + digest)
                        .header("Content-Range", range)
                        .PUT(BodyPublishers.ofByteArray(body)));
    }

    private String blob(byte[] all) throws IOException, InterruptedException {
        String digest = sha(all);
        if (all.length == 0) {
            assertThat(put(digest, "bytes */0", all).statusCode()).isEqualTo(200);
        }
        for (int at = 0; at < all.length; at += PART) {
            int end = Math.min(all.length, at + PART);
            String range = "bytes %d-%d/%d".formatted(at, end - 1, all.length);
            HttpResponse<String> answer = put(digest, range, Arrays.copyOfRange(all, at, end));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        return digest;
    }

    private HttpResponse<String> folder(String digest) throws IOException, InterruptedException {
        return api.send(api.to(WORKSPACE + "/folders/" + digest).PUT(BodyPublishers.noBody()));
    }

    private String folder(ManifestEntry... entries) throws IOException, InterruptedException {
        Path manifest = Files.createTempFile(home, "manifest", "");
        String digest = ManifestWriter.write(List.of(entries), manifest);
        blob(Files.readAllBytes(manifest));
        return digest;
    }

    private static ManifestEntry file(String path, byte[] bytes) {
        return new ManifestEntry(path, bytes.length, false, sha(bytes));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").stringValue("")).isEqualTo(code);
        assertThat(json(answer).path("detail").stringValue("")).contains("(expected: ");
    }

    @Test
    void aJobRunsOnWhatWasUploadedAndTheSameContentIsTheSameJob() throws Exception {
        byte[] script =
                bytes("def run(mini_batch):\n    return [open(f).read() for f in mini_batch]\n");
        byte[] one = bytes("one");
        byte[] two = bytes("two");
        String code = folder(file("entry.py", script));
        assertRefused(folder(code), 409, "CONTENT_INCOMPLETE");
        JsonNode missing = json(api.get(WORKSPACE + "/folders/" + code + "/missing"));
        assertThat(missing.path("items").toString()).isEqualTo("[\"" + sha(script) + "\"]");
        blob(script);
        assertThat(folder(code).statusCode()).isEqualTo(201);
        assertThat(folder(code).statusCode()).isEqualTo(200);
        String input = folder(file("a.txt", one), file("b.txt", two));
        blob(one);
        blob(two);
        folder(input);
        String spec =
                RunningApi.spec()
                        .replace("./src", "content:sha256:" + code)
                        .replace("./input", "content:sha256:" + input);
        String body = RunningApi.JSON.createObjectNode().put("spec", spec).toString();
        assertThat(api.put("uploaded", body).statusCode()).isEqualTo(201);
        JsonNode end = api.ended("uploaded");
        assertThat(end.path("status").stringValue("")).as(end.toString()).isEqualTo("Completed");
        String rows =
                api.get(JOBS + "/uploaded/outputs/scores/file?path=parallel_run_step.txt").body();
        assertThat(rows).isEqualTo("one\ntwo\n");
        assertThat(api.put("uploaded", body).statusCode()).isEqualTo(200);
        assertThat(api.get(JOBS + "/uploaded/spec").body())
                .contains("content:sha256:" + code, "content:sha256:" + input);
        String other = folder(file("entry.py", script), file("more.py", one));
        folder(other);
        HttpResponse<String> conflict =
                api.put(
                        "uploaded",
                        RunningApi.JSON
                                .createObjectNode()
                                .put("spec", spec.replace(code, other))
                                .toString());
        assertRefused(conflict, 409, "JOB_CONFLICT");
    }

    @Test
    void whatWasNotUploadedIsAMistakeOfTheJob() throws Exception {
        String spec =
                RunningApi.spec()
                        .replace("./src", "content:sha256:" + "0".repeat(64))
                        .replace("./input", "content:sha256:nonsense");
        HttpResponse<String> answer =
                api.put("j", RunningApi.JSON.createObjectNode().put("spec", spec).toString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("errors").size()).isEqualTo(2);
        assertThat(answer.body()).contains("task.code", "inputs.docs.path");
    }

    @Test
    void aScriptThatTheUploadedCodeDoesNotHaveIsAMistakeOfTheJob() throws Exception {
        String code = folder(file("other.py", bytes("x = 1")));
        blob(bytes("x = 1"));
        folder(code);
        Path folder = api.job("j", 1, "pass");
        String spec = RunningApi.spec().replace("./src", "content:sha256:" + code);
        HttpResponse<String> answer = api.put("j", RunningApi.submission(folder, spec));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("task.entry_script");
    }

    @Test
    void aFileGoesOnWhereItWasBrokenOff() throws Exception {
        byte[] all = new byte[PART + 1_000];
        new Random(3).nextBytes(all);
        String digest = sha(all);
        String path = WORKSPACE + "/blobs/" + digest;
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head(path, "bytes 0-999999/" + all.length, 1_000_000));
            out.write(all, 0, 300_000);
            out.flush();
            awaitReceived(path, 1);
        }
        long there = json(api.get(path)).path("received").longValue(-1);
        assertThat(there).isBetween(1L, 300_000L);
        // The broken request may still be at its last piece; then this one is told so.
        int from = (int) there;
        String range = "bytes %d-%d/%d".formatted(from, from + 999, all.length);
        HttpResponse<String> next = put(digest, range, Arrays.copyOfRange(all, from, from + 1_000));
        assertThat(next.statusCode()).isIn(200, 409);
        awaitFree(digest, range, Arrays.copyOfRange(all, from, from + 1_000));
        blob(all);
        assertThat(json(api.get(path)).path("complete").booleanValue(false)).isTrue();
    }

    private void awaitReceived(String path, long least) throws Exception {
        while (json(api.get(path)).path("received").longValue(-1) < least) {
            Thread.onSpinWait();
        }
    }

    private void awaitFree(String digest, String range, byte[] bytes) throws Exception {
        while (put(digest, range, bytes).statusCode() == 409) {
            Thread.onSpinWait();
        }
    }

    private Socket connect() throws IOException {
        URI url = URI.create(api.url());
        return new Socket(url.getHost(), url.getPort());
    }

    private byte[] head(String path, String range, int length) throws IOException {
        String token = Files.readString(AdminToken.file(home)).strip();
        return bytes(
                "PUT %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Range: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, token, range, length));
    }

    @Test
    void partsThatMakeNoSenseAreRefusedInOneSentence() throws Exception {
        byte[] all = bytes("0123456789");
        String digest = sha(all);
        assertRefused(put(digest, "bytes 5-9/10", bytes("56789")), 409, "OFFSET_WRONG");
        assertRefused(put(digest, "bytes 0-9/10", bytes("9876543210")), 422, "CONTENT_INVALID");
        for (String range :
                List.of(
                        "bytes 0-9/5",
                        "bytes 9-0/10",
                        "bytes 0-8/10",
                        "bytes */10",
                        "items 0-9/10",
                        "bytes 0-9/*",
                        "bytes 99999999999999999999-1/2")) {
            assertRefused(put(digest, range, all), 400, "INVALID_REQUEST");
        }
        for (String wrong : List.of("x", "A".repeat(64), "%2e%2e%2f" + "a".repeat(61))) {
            assertThat(put(wrong, "bytes 0-9/10", all).statusCode()).isIn(400, 404);
        }
        assertRefused(put(digest, "bytes 0-9/99999999999999", all), 413, "CONTENT_TOO_LARGE");
        HttpResponse<String> unknown =
                api.send(
                        api.to(WORKSPACE + "/blobs/" + digest)
                                .header("Content-Range", "bytes 0-9/10")
                                .PUT(BodyPublishers.ofInputStream(InputStream::nullInputStream)));
        assertRefused(unknown, 411, "LENGTH_REQUIRED");
        assertRefused(folder("0".repeat(64)), 404, "CONTENT_NOT_FOUND");
        assertThat(json(api.get(WORKSPACE + "/blobs/" + digest)).path("received").longValue(-1))
                .isZero();
    }

    @Test
    void aPartThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        String path = WORKSPACE + "/blobs/" + "0".repeat(64);
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(head(path, "bytes 0-%d/%d".formatted(PART, PART + 1), PART + 1));
            socket.getOutputStream().flush();
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void theStoreIsFullAtItsBound() throws Exception {
        byte[] all = new byte[PART];
        for (int i = 0; i < 4; i++) {
            all[0] = (byte) (i + 1);
            blob(all);
        }
        all[0] = 9;
        blob(all);
        all[0] = 10;
        HttpResponse<String> full = put(sha(all), "bytes 0-%d/%d".formatted(PART - 1, PART), all);
        assertRefused(full, 413, "CONTENT_TOO_LARGE");
    }

    @Test
    void manyClientsMaySendTheSameFilesAtOnce() throws Exception {
        byte[] all = new byte[1 << 20];
        new Random(4).nextBytes(all);
        String digest = sha(all);
        String range = "bytes 0-%d/%d".formatted(all.length - 1, all.length);
        try (var threads = Executors.newFixedThreadPool(16)) {
            List<Callable<Integer>> senders = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                senders.add(() -> put(digest, range, all).statusCode());
            }
            for (var sent : threads.invokeAll(senders)) {
                assertThat(sent.get()).isIn(200, 409);
            }
        }
        assertThat(json(api.get(WORKSPACE + "/blobs/" + digest)).path("complete").booleanValue())
                .isTrue();
    }

    @Test
    void slowSendersKeepNobodyElseWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = connect();
                slow.add(socket);
                String digest = "%064x".formatted(i);
                socket.getOutputStream()
                        .write(head(WORKSPACE + "/blobs/" + digest, "bytes 0-99/100", 100));
                socket.getOutputStream().write(new byte[] {1});
                socket.getOutputStream().flush();
            }
            assertThat(api.get(JOBS).statusCode()).isEqualTo(200);
            assertThat(api.get(WORKSPACE + "/blobs/" + "0".repeat(64)).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void readersMayNotUpload() throws Exception {
        HttpResponse<String> made =
                api.post("/api/v1/tokens", "{\"user\":\"rita\",\"role\":\"reader\"}");
        String token = json(made).path("token").stringValue("");
        HttpResponse<String> answer =
                api.send(
                        api.to(WORKSPACE + "/blobs/" + sha(bytes("x")))
                                .setHeader("Authorization", "Bearer " + token)
                                .header("Content-Range", "bytes 0-0/1")
                                .PUT(BodyPublishers.ofString("x")));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void whatOneWorkspaceHasAnotherHasNot() throws Exception {
        String digest = blob(bytes("secret"));
        JsonNode there = json(api.get("/api/v1/workspaces/other/blobs/" + digest));
        assertThat(there.path("complete").booleanValue(true)).isFalse();
    }
}
