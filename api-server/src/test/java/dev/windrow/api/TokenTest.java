package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Problem;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.store.register.Register;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TokenTest {

    private static final String TOKENS = "/api/v1/tokens";

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

    private JsonNode made(String body) throws Exception {
        HttpResponse<String> answer = api.post(TOKENS, body);
        assertThat(answer.statusCode()).isEqualTo(201);
        return json(answer);
    }

    private int status(JsonNode token, String method, String path, String body) throws Exception {
        return api.send(
                        api.to(path)
                                .setHeader(
                                        "Authorization",
                                        "Bearer " + token.path("token").stringValue())
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body)))
                .statusCode();
    }

    @Test
    void aReaderReadsASubmitterSubmitsAndOnlyAnAdminMakesTokens() throws Exception {
        Path folder = api.job("any", 1, "def run(mini_batch):", "    return [1]");
        String job = submission(folder, spec());
        JsonNode reader = made("{\"user\":\"rita\",\"role\":\"reader\"}");
        JsonNode submitter = made("{\"user\":\"sam\",\"role\":\"submitter\"}");
        JsonNode admin = made("{\"user\":\"ada\",\"role\":\"admin\"}");
        assertThat(status(reader, "GET", JOBS, "")).isEqualTo(200);
        assertThat(status(reader, "PUT", JOBS + "/any", job)).isEqualTo(403);
        assertThat(status(submitter, "PUT", JOBS + "/any", job)).isEqualTo(201);
        assertThat(status(submitter, "GET", TOKENS, "")).isEqualTo(403);
        assertThat(status(admin, "GET", TOKENS, "")).isEqualTo(200);
        assertThat(api.ended("any").path("creation_context").path("created_by").stringValue())
                .isEqualTo("sam");
    }

    @Test
    void aTokenOfOneWorkspaceIsNoUseInAnother() throws Exception {
        JsonNode token = made("{\"user\":\"wim\",\"role\":\"admin\",\"workspace\":\"barn\"}");
        assertThat(status(token, "GET", "/api/v1/workspaces/barn/jobs", "")).isEqualTo(200);
        assertThat(status(token, "GET", JOBS, "")).isEqualTo(403);
        assertThat(status(token, "POST", TOKENS, "{\"user\":\"x\",\"role\":\"admin\"}"))
                .isEqualTo(403);
    }

    @Test
    void aTokenOfOneComputeSubmitsAndChangesNothingOnAnother() throws Exception {
        Path folder = api.job("here", 1, "def run(mini_batch):", "    return [1]");
        String job = submission(folder, spec());
        JsonNode away = made("{\"user\":\"gil\",\"role\":\"admin\",\"computes\":[\"gpus\"]}");
        JsonNode here =
                made("{\"user\":\"lou\",\"role\":\"submitter\",\"computes\":[\"gpus\",\"local\"]}");
        assertThat(status(away, "PUT", JOBS + "/here", job)).isEqualTo(403);
        assertThat(status(away, "POST", "/api/v1/workspaces/default/validate", job)).isEqualTo(403);
        assertThat(home.resolve("jobs/here")).doesNotExist();
        assertThat(status(here, "PUT", JOBS + "/here", job)).isEqualTo(201);
        api.ended("here");
        assertThat(status(away, "GET", JOBS + "/here", "")).isEqualTo(200);
        assertThat(status(away, "POST", JOBS + "/here/archive", "")).isEqualTo(403);
        assertThat(status(away, "DELETE", JOBS + "/here", "")).isEqualTo(403);
        assertThat(status(away, "GET", TOKENS, "")).isEqualTo(403);
        assertThat(status(away, "POST", JOBS + "/here/agent-token", "")).isEqualTo(403);
        String other = "/api/v1/workspaces/default/computes/other";
        assertThat(status(away, "DELETE", other, "")).isEqualTo(403);
        assertThat(status(away, "PATCH", other, "{}")).isEqualTo(403);
        assertThat(status(away, "GET", other, "")).isEqualTo(404);
        assertThat(status(here, "POST", JOBS + "/here/archive", "")).isEqualTo(200);
        JsonNode listed = json(api.get(TOKENS)).path("items");
        assertThat(listed.get(1).path("computes").toString()).isEqualTo("[\"gpus\",\"local\"]");
    }

    @Test
    void listsTokensInPages() throws Exception {
        for (String user : List.of("a", "b", "c")) {
            made("{\"user\":\"%s\",\"role\":\"reader\"}".formatted(user));
        }
        JsonNode first = json(api.get(TOKENS + "?max=2"));
        assertThat(first.path("items")).hasSize(2);
        String cursor = first.path("next_cursor").stringValue();
        JsonNode second = json(api.get(TOKENS + "?max=2&cursor=" + cursor));
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("next_cursor").isNull()).isTrue();
        assertThat(api.get(TOKENS + "?cursor=AAAA").statusCode()).isEqualTo(400);
    }

    @Test
    void aRevokedTokenIsWorthlessAtOnceAndOthersOutliveARestart() throws Exception {
        JsonNode gone = made("{\"user\":\"gus\",\"role\":\"reader\"}");
        JsonNode stays = made("{\"user\":\"stan\",\"role\":\"reader\"}");
        String id = gone.path("id").stringValue();
        assertThat(api.send(api.to(TOKENS + "/" + id).DELETE()).statusCode()).isEqualTo(204);
        assertThat(api.send(api.to(TOKENS + "/" + id).DELETE()).statusCode()).isEqualTo(404);
        assertThat(status(gone, "GET", JOBS, "")).isEqualTo(401);
        api.close();
        api = new RunningApi(home, HostLimits.DEFAULT);
        assertThat(status(stays, "GET", JOBS, "")).isEqualTo(200);
        assertThat(status(gone, "GET", JOBS, "")).isEqualTo(401);
        JsonNode listed = json(api.get(TOKENS)).path("items");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("user").stringValue()).isEqualTo("stan");
        assertThat(listed.get(0).has("token")).isFalse();
        assertThat(Files.readAllBytes(home.resolve("server/register.db")))
                .asString()
                .doesNotContain(stays.path("token").stringValue());
    }

    @Test
    void anEmptyFileIsNoTokenOfTheAdministrator(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("server"));
        Path file = Files.createFile(AdminToken.file(folder));
        assertThatThrownBy(() -> AdminToken.of(folder)).hasMessageContaining(file + ": empty");
        Files.delete(file);
        AdminToken made = AdminToken.of(folder);
        assertThat(made.is(Files.readString(file).strip())).isTrue();
        assertThat(AdminToken.of(folder).is(Files.readString(file).strip())).isTrue();
    }

    @Test
    void aTokenEndsWhenItsTimeIsOver(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("server"));
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));
        TokenGate gate =
                new TokenGate(
                        AdminToken.of(folder), Register.open(folder.resolve("r.db")), now::get);
        String token =
                gate.make(
                                new TokenGate.Wanted(
                                        "eve",
                                        Role.READER,
                                        Optional.empty(),
                                        Set.of(),
                                        Optional.of(60L)),
                                "admin")
                        .token();
        assertThat(gate.admit("Bearer " + token).user()).isEqualTo("eve");
        now.set(now.get().plusSeconds(60));
        assertThatThrownBy(() -> gate.admit("Bearer " + token))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("expired");
    }

    @Test
    void keepsALineOfEveryWriteAndOfEachThatWasRefused() throws Exception {
        JsonNode reader = made("{\"user\":\"rita\",\"role\":\"reader\"}");
        status(reader, "DELETE", JOBS + "/x?secret=1", "");
        status(reader, "GET", JOBS, "");
        api.send(api.to(JOBS + "/x").DELETE());
        api.close();
        List<JsonNode> lines =
                Files.readAllLines(home.resolve("server/audit.log")).stream()
                        .map(RunningApi.JSON::readTree)
                        .toList();
        assertThat(lines)
                .extracting(line ->
                        "%s %s %s %d"
                                .formatted(
                                        line.path("user").stringValue(),
                                        line.path("method").stringValue(),
                                        line.path("path").stringValue(),
                                        line.path("status").intValue()))
                .containsExactly(
                        "admin POST /api/v1/tokens 201",
                        " DELETE " + JOBS + "/x 403",
                        "admin DELETE " + JOBS + "/x 404");
        assertThat(Files.readString(home.resolve("server/audit.log")))
                .doesNotContain(reader.path("token").stringValue());
        api = new RunningApi(home, HostLimits.DEFAULT);
    }

    @Test
    void beginsAnotherAuditFileWhenOneIsFull(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("audit.log");
        try (AuditLog log =
                new AuditLog(file, 1_000, () -> Instant.EPOCH, (_, fault) -> fail(fault))) {
            for (int i = 0; i < 100; i++) {
                log.line("ann", "PUT", "/path/" + i, 200);
            }
        }
        assertThat(Files.size(file)).isLessThan(1_200);
        assertThat(Files.size(folder.resolve("audit.log.1"))).isLessThan(1_200);
        assertThat(Files.readString(file)).endsWith("\"path\":\"/path/99\",\"status\":200}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"user\":\"x\"}",
                "{\"user\":\"\",\"role\":\"reader\"}",
                "{\"user\":\"a b\",\"role\":\"reader\"}",
                "{\"user\":\"x\",\"role\":\"none\"}",
                "{\"user\":\"x\",\"role\":\"reader\",\"expires_in_seconds\":0}",
                "{\"user\":\"x\",\"role\":\"reader\",\"expires_in_seconds\":1.5}",
                "{\"user\":\"x\",\"role\":\"reader\",\"workspace\":\"../x\"}",
                "{\"user\":\"x\",\"role\":\"reader\",\"computes\":[]}",
                "{\"user\":\"x\",\"role\":\"reader\",\"computes\":[\"a b\"]}",
                "{\"user\":\"x\",\"role\":\"reader\",\"colour\":\"red\"}"
            })
    void refusesWhatIsNoTokenRequest(String body) throws Exception {
        assertThat(api.post(TOKENS, body).statusCode()).isEqualTo(400);
        assertThat(json(api.get(TOKENS)).path("items")).isEmpty();
    }
}
