package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.error.EngineException;
import dev.windrow.runtime.host.HostLimits;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileApiTest {

    @TempDir Path home;
    private RunningApi api;

    @BeforeEach
    void start() throws Exception {
        api = new RunningApi(home, HostLimits.DEFAULT);
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        assertThat(api.faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/workspaces/default/jobs/nobody, 404, JOB_NOT_FOUND",
        "GET, /api/v1/workspaces/default/jobs/.hidden, 400, INVALID_REQUEST",
        "GET, /api/v1/workspaces/default/jobs/..%2F..%2Fetc, 400, INVALID_REQUEST",
        "GET, /api/v1/workspaces/..%2F/jobs, 400, INVALID_REQUEST",
        "GET, /api/v1/workspaces/default/jobs?max=0, 400, INVALID_REQUEST",
        "GET, /api/v1/workspaces/default/jobs?max=1&max=2, 400, INVALID_REQUEST",
        "GET, /api/v1/workspaces/default/jobs?cursor=%7B%7D, 400, INVALID_REQUEST",
        "GET, /api/v1/workspaces/default/jobs?cursor=AAAA, 400, INVALID_REQUEST",
        "GET, /api/v1/workspaces/default/jobs?status=Paused, 400, INVALID_REQUEST",
        "GET, /api/v1/workspaces/default/jobs?colour=red, 400, INVALID_REQUEST",
        "GET, /api/v2/anything, 404, PATH_NOT_FOUND",
        "DELETE, /api/v1/workspaces/default/jobs, 405, METHOD_NOT_ALLOWED",
        "POST, /livez, 405, METHOD_NOT_ALLOWED"
    })
    void refusesWhatIsWrongWithAProblem(String method, String path, int status, String code)
            throws Exception {
        HttpResponse<String> answer =
                api.send(api.to(path).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(json(answer).path("code").stringValue()).isEqualTo(code);
        assertThat(json(answer).path("status").intValue()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"spec\"",
                "{}",
                "{\"spec\":1}",
                "{\"spec\":\"\"}",
                "{\"spec\":\"a\",\"base_path\":\"relative\"}",
                "{\"spec\":\"a\",\"base_path\":\"/\\u0000\"}",
                "{\"spec\":\"a: [\"}",
                "{\"spec\":\"&a [*a]\"}",
                "{\"spec\":\"type: parallel\",\"surprise\":1}",
                "{\"spec\":\"type: parallel\",\"instances\":0}",
                "{\"spec\":\"type: parallel\",\"environment\":\"conda\"}",
                "{\"spec\":\"type: parallel\",\"environment\":{}}",
                "{\"spec\":\"type: parallel\",\"set\":\"x\"}",
                "{\"name\":\"other\",\"spec\":\"type: parallel\"}"
            })
    void refusesABodyThatIsNoSubmission(String body) throws Exception {
        HttpResponse<String> answer = api.put("x", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").stringValue()).isNotEmpty();
        assertThat(home.resolve("jobs/x")).doesNotExist();
    }

    @Test
    void refusesDeepJsonOtherTypesAndBodiesThatAreTooLarge() throws Exception {
        String deep = "[".repeat(100_000);
        assertThat(api.put("x", deep).statusCode()).isEqualTo(400);
        HttpResponse<String> text =
                api.send(
                        api.to(JOBS + "/x")
                                .header("Content-Type", "text/plain")
                                .PUT(BodyPublishers.ofString("{}")));
        assertThat(text.statusCode()).isEqualTo(415);
        byte[] large = new byte[11 << 20];
        HttpResponse<String> refused =
                api.send(api.json(JOBS + "/x").PUT(BodyPublishers.ofByteArray(large)));
        assertThat(refused.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer \u00e9"})
    void wantsTheTokenForAllButHealthAndTheContract(String authorization) throws Exception {
        for (String path : new String[] {JOBS, "/api/v1/server", JOBS + "/x/events"}) {
            assertThat(status(path, authorization)).as(path).isEqualTo(401);
        }
        for (String path : new String[] {"/livez", "/readyz", "/api/openapi.yaml"}) {
            assertThat(status(path, authorization)).as(path).isEqualTo(200);
        }
    }

    private int status(String path, String authorization) throws Exception {
        URI url = URI.create(api.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String head =
                    "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n"
                            .formatted(
                                    path,
                                    authorization.isEmpty()
                                            ? ""
                                            : "Authorization: " + authorization + "\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.split(" ")[1]);
        }
    }

    @Test
    void cutsOffAHeadThatIsTooLarge() throws Exception {
        HttpResponse<String> answer =
                api.send(api.to("/livez").header("X-Much", "x".repeat(100_000)));
        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(json(answer).path("code").stringValue()).isEqualTo("HEADERS_TOO_LARGE");
        HttpResponse<String> line = api.get("/livez?" + "x".repeat(20_000));
        assertThat(line.statusCode()).isEqualTo(414);
        assertThat(json(line).path("code").stringValue()).isEqualTo("PATH_TOO_LONG");
    }

    @Test
    void answersOthersWhileManyListenAndNobodyReads() throws Exception {
        Path folder =
                api.job("quiet", 1, "import time", "def run(mini_batch):", "    time.sleep(600)");
        api.put("quiet", submission(folder, spec()));
        List<Socket> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                listeners.add(listener(JOBS + "/quiet/events?logs=true"));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(api.get(JOBS + "/quiet").statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket one : listeners) {
                one.close();
            }
        }
        api.post(JOBS + "/quiet/cancel", "");
        assertThat(api.ended("quiet").path("status").stringValue()).isEqualTo("Canceled");
    }

    private Socket listener(String path) throws Exception {
        URI url = URI.create(api.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        String head =
                "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(path, Files.readString(AdminToken.file(home)).strip());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    @Test
    void closesAConnectionThatHoldsTooManyHeaders() throws Exception {
        URI url = URI.create(api.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /livez HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] header = "X: y\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100_000; i++) {
                out.write(header);
            }
        } catch (SocketException _) {
            // Closed while we were still sending, as it should be.
        }
        assertThat(api.get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void ofTwoSubmitsOfOneNameAtOneTimeOneMakesTheJob() throws Exception {
        Path folder = api.job("twin", 1, "def run(mini_batch):", "    return [1]");
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String spec = spec("error_threshold: " + i % 2);
            answers.add(
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            return api.put("twin", submission(folder, spec)).statusCode();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }));
        }
        List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(4);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(3);
        api.ended("twin");
    }

    @Test
    void givesNoFileOutsideTheLogsAndOutputs() throws Exception {
        Path folder = api.job("files", 1, "def run(mini_batch):", "    return [1]");
        api.put("files", submission(folder, spec()));
        api.ended("files");
        Path logs = home.resolve("jobs/files/logs");
        Files.createSymbolicLink(logs.resolve("link"), home.resolve("server/admin.token"));
        for (String path :
                new String[] {
                    "../ledger.db",
                    "%2Fetc%2Fpasswd",
                    "..%2F..%2Fserver/admin.token",
                    "link",
                    ".",
                    "user/..",
                    "%00"
                }) {
            HttpResponse<String> answer = api.get(JOBS + "/files/logs/file?path=" + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
        assertThat(api.get(JOBS + "/files/logs/file?path=job_result.txt").statusCode())
                .isEqualTo(200);
        assertThat(api.get(JOBS + "/files/outputs/none/files").statusCode()).isEqualTo(404);
    }

    @Test
    void aHomeHasOneServer() {
        assertThatThrownBy(() -> new RunningApi(home, HostLimits.DEFAULT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("expected: one without a running server");
    }

    @Test
    void keepsTheAdminsTokenToItsOwner() throws Exception {
        assertThat(Files.getPosixFilePermissions(AdminToken.file(home)))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }
}
