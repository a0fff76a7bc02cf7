package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.runtime.host.HostLimits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What agents of a job ask for that make one environment for all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EnvironmentApiTest {

    private static final String NO_LEASE = "0".repeat(32);

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningApi api;
    private String token = "";

    @BeforeAll
    void runAJob(@TempDir Path home) throws Exception {
        api = new RunningApi(home, new HostLimits(1, 10));
        Path work = api.job("held", 2, "import time", "def run(b):", "    time.sleep(600)");
        api.put("held", submission(work, spec()));
        while (!json(api.get(JOBS + "/held")).path("status").stringValue().equals("Running")) {
            Thread.onSpinWait();
        }
        token = api.agentToken("held");
    }

    @AfterAll
    void close() throws Exception {
        api.post(JOBS + "/held/cancel", "");
        api.ended("held");
        http.close();
        assertThat(api.faults).isEmpty();
        api.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** A digest for each test, of one digit. */
    private HttpRequest.Builder at(String digit, String query) {
        return api.asAgent(token, "environments/" + digit.repeat(64) + query);
    }

    private HttpResponse<String> claim(String digit, int agent) throws Exception {
        return send(at(digit, "?agent=" + agent).POST(BodyPublishers.noBody()));
    }

    private String lease(String digit) throws Exception {
        HttpResponse<String> answer = claim(digit, 0);
        assertThat(answer.body()).startsWith("[\"make\",\"");
        return answer.body().split("\"")[3];
    }

    private HttpResponse<String> piece(String digit, String lease, long offset, byte[] body)
            throws Exception {
        return send(
                at(digit, "?lease=%s&offset=%d".formatted(lease, offset))
                        .header("Content-Type", "application/octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> keep(String digit, String lease, String sha256) throws Exception {
        return send(
                at(digit, "?lease=%s&sha256=%s".formatted(lease, sha256))
                        .PUT(BodyPublishers.noBody()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    }

    @Test
    void oneAgentSendsWhatAnotherOneFetches() throws Exception {
        String lease = lease("a");
        assertThat(claim("a", 1).body()).isEqualTo("[\"wait\",0]");
        assertThat(send(at("a", "").GET()).statusCode()).isEqualTo(404);
        assertThat(piece("a", lease, 0, bytes("one ")).body()).isEqualTo("{\"size\":4}");
        assertThat(piece("a", lease, 4, bytes("two")).body()).isEqualTo("{\"size\":7}");
        assertThat(piece("a", lease, 4, bytes("two")).body()).isEqualTo("{\"size\":7}");
        assertThat(send(at("a", "").GET()).statusCode()).isEqualTo(404);
        String digest = sha256("one two");
        assertThat(keep("a", lease, digest).statusCode()).isEqualTo(204);

        assertThat(claim("a", 1).body()).isEqualTo("[\"fetch\",\"%s\",7]".formatted(digest));
        HttpResponse<String> fetched = send(at("a", "").GET());
        assertThat(fetched.body()).isEqualTo("one two");
        assertThat(fetched.headers().firstValue("Repr-Digest")).isPresent();
        HttpResponse<String> rest = send(at("a", "").header("Range", "bytes=4-").GET());
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo("two");
        assertThat(piece("a", lease, 7, bytes("!")).statusCode()).isEqualTo(409);
    }

    @Test
    void whatIsNotWhatWasAnnouncedIsNeverHandedOut() throws Exception {
        String lease = lease("b");
        piece("b", lease, 0, bytes("half"));

        HttpResponse<String> answer = keep("b", lease, sha256("whole"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("CONTENT_INVALID", sha256("half"));
        assertThat(send(at("b", "").GET()).statusCode()).isEqualTo(404);
        assertThat(piece("b", lease, 0, bytes("whole")).body()).isEqualTo("{\"size\":5}");
        assertThat(keep("b", lease, sha256("whole")).statusCode()).isEqualTo(204);
    }

    @Test
    void theNextAgentMakesWhatIsGivenBack() throws Exception {
        String lease = lease("c");
        String back = "?reason=failed&lease=";
        assertThat(send(at("c", back + NO_LEASE).DELETE()).statusCode()).isEqualTo(204);
        assertThat(claim("c", 1).body()).isEqualTo("[\"wait\",0]");
        assertThat(send(at("c", back + lease).DELETE()).statusCode()).isEqualTo(204);

        assertThat(claim("c", 1).body()).startsWith("[\"make\",");
        assertThat(piece("c", lease, 0, bytes("late")).body()).contains("NO_LEASE");
    }

    @Test
    void eachAgentMakesItsOwnOfWhatIsTooLarge() throws Exception {
        String lease = lease("d");

        HttpResponse<String> refused = piece("d", lease, 4L << 30, bytes("x"));

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("ENVIRONMENT_REFUSED", "4294967296 bytes");
        assertThat(claim("d", 1).body()).startsWith("[\"alone\",\"packed, it takes more than");
    }

    @Test
    void refusesWhatIsNoRequestOfAnAgent() throws Exception {
        String lease = lease("e");
        byte[] large = new byte[EnvironmentTurn.PIECE_MAX + 1];
        assertThat(piece("e", lease, 0, large).statusCode()).isEqualTo(413);
        assertThat(piece("e", lease, 0, new byte[EnvironmentTurn.PIECE_MAX]).statusCode())
                .isEqualTo(200);
        assertThat(piece("e", NO_LEASE, 0, bytes("x")).statusCode()).isEqualTo(409);
        for (String query :
                new String[] {"", "?agent=x", "?agent=0&lease=x", "?agent=0&more=1", "?agent=-1"}) {
            assertThat(send(at("e", query).POST(BodyPublishers.noBody())).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        for (String query :
                new String[] {
                    "?offset=0",
                    "?lease=" + lease,
                    "?lease=../x&offset=0",
                    "?lease=%s&offset=-1".formatted(lease),
                    "?lease=%s&offset=4294967297".formatted(lease)
                }) {
            HttpRequest.Builder request = at("e", query);
            assertThat(send(request.method("PATCH", BodyPublishers.ofString("x"))).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(keep("e", lease, "x").statusCode()).isEqualTo(400);
        assertThat(send(at("e", "?reason=no&lease=" + lease).DELETE()).statusCode()).isEqualTo(400);
        HttpRequest.Builder odd = api.asAgent(token, "environments/" + "E".repeat(64) + "?agent=0");
        assertThat(send(odd.POST(BodyPublishers.noBody())).statusCode()).isEqualTo(400);
        HttpRequest.Builder forged =
                api.asAgent(token + "x", "environments/" + "e".repeat(64) + "?agent=0");
        assertThat(send(forged.POST(BodyPublishers.noBody())).statusCode()).isEqualTo(401);
    }

    @Test
    void anotherJobHasItsOwn() throws Exception {
        String lease = lease("f");
        piece("f", lease, 0, bytes("x"));
        keep("f", lease, sha256("x"));
        Path work = api.job("waits", 1, "def run(b):", "    return []");
        api.put("waits", submission(work, spec()));
        String others = api.agentToken("waits");
        String path = "environments/" + "f".repeat(64);
        assertThat(send(api.asAgent(others, path).GET()).statusCode()).isEqualTo(503);
        api.post(JOBS + "/waits/cancel", "");
        api.ended("waits");
        assertThat(send(api.asAgent(others, path).GET()).statusCode()).isEqualTo(410);
    }
}
