package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an agent asks for that does not see the server's files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AgentFilesApiTest {

    private static final String MAIN = "sys/node/1/_main.txt";

    private final HttpClient http = HttpClient.newHttpClient();
    private Path home;
    private RunningApi api;
    private String token = "";
    private String configuration = "";

    @BeforeAll
    void joinAJob(@TempDir Path folder) throws Exception {
        home = folder;
        api = new RunningApi(home, new HostLimits(1, 10));
        run("held");
        token = api.agentToken("held");
        HttpResponse<String> joined =
                send(api.asAgent(token, "join").POST(BodyPublishers.noBody()));
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
        configuration = joined.body();
    }

    @AfterAll
    void close() throws Exception {
        api.post(JOBS + "/held/cancel", "");
        api.ended("held");
        http.close();
        api.close();
    }

    private void run(String name) throws Exception {
        Path work = api.job(name, 2, "import time", "def run(mini_batch):", "    time.sleep(600)");
        api.put(name, submission(work, spec()));
        while (!json(api.get(JOBS + "/" + name)).path("status").stringValue().equals("Running")) {
            Thread.onSpinWait();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> ship(String bearer, String query, byte[] body)
            throws IOException, InterruptedException {
        return send(
                api.asAgent(bearer, "logs?" + query)
                        .header("Content-Type", "application/octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> ship(String file, long offset, String text) throws Exception {
        return ship(token, query(1, file, offset), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String query(int agent, String file, long offset) {
        return "agent=%d&file=%s&offset=%d"
                .formatted(agent, URLEncoder.encode(file, StandardCharsets.UTF_8), offset);
    }

    @Test
    void theCodeIsThatWhichTheConfigurationNames() throws Exception {
        HttpResponse<byte[]> code =
                http.send(api.asAgent(token, "code").GET().build(), BodyHandlers.ofByteArray());
        assertThat(code.statusCode()).isEqualTo(200);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(code.body());
        assertThat(configuration).contains(HexFormat.of().formatHex(digest));
        assertThat(code.headers().firstValue("Repr-Digest"))
                .contains("sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
        assertThat(code.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(new ByteArrayInputStream(code.body()))
                .asString(StandardCharsets.ISO_8859_1)
                .startsWith("entry.py")
                .contains("time.sleep(600)");
        HttpResponse<byte[]> rest =
                http.send(
                        api.asAgent(token, "code").header("Range", "bytes=100-").GET().build(),
                        BodyHandlers.ofByteArray());
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).hasSize(code.body().length - 100);
        assertThat(send(api.asAgent(token, "code?x=1").GET()).statusCode()).isEqualTo(400);
        assertThat(send(api.asAgent(token + "x", "code").GET()).statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsShippedIsALogOfTheJob() throws Exception {
        String file = "user/stdout/1/process000.stdout.txt";
        HttpResponse<String> first = ship(file, 0, "one\n");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"size\":4}");
        assertThat(ship(file, 9, "two\n").body()).isEqualTo("{\"size\":4}");
        assertThat(ship(file, 4, "two\n").body()).isEqualTo("{\"size\":8}");
        assertThat(api.get(JOBS + "/held/logs/file?path=" + file).body()).isEqualTo("one\ntwo\n");
        assertThat(api.get(JOBS + "/held/logs?instance=1").body()).contains(file);
    }

    @Test
    void refusesWhatIsNotTheAgentsAndSaysWhy() throws Exception {
        for (String file : new String[] {"sys/node/0/a", "../a", "sys/node/1/../0/a", "job.yml"}) {
            HttpResponse<String> answer = ship(file, 0, "x");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
            assertThat(answer.body()).contains("\"file: " + file + " (expected: ");
        }
        for (String query :
                new String[] {
                    "agent=1&offset=0",
                    "agent=1&file=" + MAIN,
                    "agent=1&offset=-1&file=" + MAIN,
                    "agent=1&offset=x&file=" + MAIN,
                    "agent=1&offset=67108865&file=" + MAIN,
                    "agent=1&offset=67108864&file=" + MAIN,
                    "agent=x&offset=0&file=" + MAIN,
                    "offset=0&file=" + MAIN,
                    "agent=1&offset=0&turn=x&file=" + MAIN,
                    "agent=1&offset=0&more=x&file=" + MAIN,
                    "agent=1&offset=0&offset=1&file=" + MAIN
                }) {
            assertThat(ship(token, query, new byte[1]).statusCode()).as(query).isEqualTo(400);
        }
        byte[] large = new byte[(1 << 20) + 1];
        assertThat(ship(token, query(1, MAIN, 0), large).statusCode()).isEqualTo(413);
        assertThat(ship(token, query(1, MAIN, 0), new byte[1 << 20]).statusCode()).isEqualTo(200);
        assertThat(api.faults).isEmpty();
    }

    @Test
    void refusesWhoIsNoInstanceOfTheTokensJob() throws Exception {
        assertThat(ship(token, query(2, "sys/node/2/a", 0), new byte[1]).statusCode())
                .isEqualTo(403);
        assertThat(ship("wj_x.y", query(1, MAIN, 0), new byte[1]).statusCode()).isEqualTo(401);
        Path work = api.job("waits", 1, "def run(b):", "    return []");
        api.put("waits", submission(work, spec()));
        String others = api.agentToken("waits");
        assertThat(send(api.asAgent(others, "code").GET()).statusCode()).isEqualTo(503);
        assertThat(ship(others, query(1, MAIN, 0), new byte[1]).statusCode()).isEqualTo(403);
        api.post(JOBS + "/waits/cancel", "");
        api.ended("waits");
        assertThat(send(api.asAgent(others, "code").GET()).statusCode()).isEqualTo(410);
        assertThat(api.send(api.to(JOBS + "/waits").DELETE()).statusCode()).isEqualTo(204);
        assertThat(ship(others, query(1, MAIN, 0), new byte[1]).statusCode()).isEqualTo(410);
    }

    @Test
    void shippingLeavesNoLinesInTheAuditLogButRefusalsDo() throws Exception {
        ship(MAIN, 0, "one\n");
        ship("audited/../x", 0, "one\n");
        assertThat(Files.readString(home.resolve("server/audit.log")))
                .doesNotContain("/agent/logs\",\"status\":200")
                .contains("/agent/logs");
    }
}
