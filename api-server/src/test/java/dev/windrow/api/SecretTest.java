package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Secrets from where they are set to the workers of real jobs. */
final class SecretTest {

    private static final String SECRETS = "/api/v1/workspaces/default/secrets";
    private static final String VALUE = "hunter2-\"quoted\"";

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

    private HttpResponse<String> set(String name, String body) throws Exception {
        return api.send(api.json(SECRETS + "/" + name).PUT(BodyPublishers.ofString(body)));
    }

    private void keep(String name, String value) throws Exception {
        String body = RunningApi.JSON.createObjectNode().put("value", value).toString();
        assertThat(set(name, body).statusCode()).isEqualTo(204);
    }

    /** Files of the home that hold a text anywhere, user's own apart. */
    private List<Path> holding(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var tree = Files.walk(home)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (all.contains(text)) {
                    found.add(home.relativize(file));
                }
            }
        }
        return found;
    }

    @Test
    void aSecretIsInTheWorkerAndNowhereElse() throws Exception {
        keep("API_KEY", VALUE);
        keep("PASSWORD", "correct horse");
        Path folder =
                api.job(
                        "secret",
                        2,
                        "import os, hashlib",
                        "def run(mini_batch):",
                        "    assert 'WINDROW_MASKED_VALUES' not in os.environ",
                        "    both = os.environ['KEY'] + os.environ['DATABASE']",
                        "    return [hashlib.sha256(both.encode()).hexdigest()]");
        String job =
                spec(
                        "environment_variables:",
                        "  KEY: ${{secrets.API_KEY}}",
                        "  DATABASE: postgres://me:${{ secrets.PASSWORD }}@host");
        assertThat(api.put("secret", submission(folder, job)).statusCode()).isEqualTo(201);
        JsonNode ended = api.ended("secret");
        assertThat(ended.path("status").stringValue()).as(ended.toString()).isEqualTo("Completed");
        Path output = Path.of(ended.path("outputs").path("scores").stringValue());
        String both = VALUE + "postgres://me:correct horse@host";
        assertThat(Files.readAllLines(output)).containsOnly(sha(both));
        assertThat(api.get(JOBS + "/secret/spec").body())
                .contains("${{secrets.API_KEY}}")
                .contains("${{ secrets.PASSWORD }}");
        assertThat(api.get(JOBS + "/secret/settings").body()).doesNotContain("hunter2");
        assertThat(holding("hunter2")).isEmpty();
        assertThat(holding("correct horse")).isEmpty();
    }

    private static String sha(String text) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(
                        java.security.MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anErrorThatTellsASecretIsMasked() throws Exception {
        keep("API_KEY", VALUE);
        Path folder =
                api.job(
                        "loud",
                        2,
                        "import os",
                        "def run(mini_batch):",
                        "    key = os.environ['KEY']",
                        "    raise ValueError('refused: ' + key + ' and ' + repr(key))");
        String job =
                spec(
                        "environment_variables: {KEY: '${{secrets.API_KEY}}'}",
                        "mini_batch_error_threshold: 0",
                        "retry_settings: {max_retries: 0}");
        api.put("loud", submission(folder, job));
        JsonNode ended = api.ended("loud");
        assertThat(ended.path("status").stringValue()).isEqualTo("Failed");
        assertThat(ended.toString()).contains("refused: ***").doesNotContain("hunter2");
        assertThat(api.get(JOBS + "/loud/mini-batches/0").body())
                .contains("refused: ***")
                .doesNotContain("hunter2");
        assertThat(String.join("\n", api.events("loud"))).doesNotContain("hunter2");
        assertThat(holding("hunter2")).isEmpty();
    }

    @Test
    void anUnknownSecretRefusesTheJob() throws Exception {
        keep("API_KEY", VALUE);
        Path folder = api.job("unknown", 1, "def run(mini_batch):", "    return [1]");
        String job = spec("environment_variables: {A: '${{secrets.API_KEYS}}'}");
        HttpResponse<String> refused = api.put("unknown", submission(folder, job));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).path("code").stringValue()).isEqualTo("UNKNOWN_SECRET");
        assertThat(json(refused).path("errors").get(0).path("path").stringValue())
                .isEqualTo("environment_variables.A");
        assertThat(home.resolve("jobs/unknown")).doesNotExist();
        HttpResponse<String> checked =
                api.post("/api/v1/workspaces/default/validate", submission(folder, job));
        assertThat(json(checked).path("errors").get(0).path("code").stringValue())
                .isEqualTo("UNKNOWN_SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "description: my ${{secrets.API_KEY}}",
                "tags: {a: '${{ secrets.API_KEY }}'}",
                "properties: {a: '${{secrets.API_KEY}}'}",
                "something_else: [{b: '${{secrets.API_KEY}}'}]",
                "environment_variables: {A: '${{secrets.api key}}'}"
            })
    void aSecretHasNoBusinessAnywhereElse(String line) throws Exception {
        keep("API_KEY", VALUE);
        Path folder = api.job("elsewhere", 1, "def run(mini_batch):", "    return [1]");
        HttpResponse<String> refused = api.put("elsewhere", submission(folder, spec(line)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("secrets.");
    }

    @Test
    void aSecretInTheArgumentsIsRefusedOnce() throws Exception {
        Path folder = api.job("args", 1, "def run(mini_batch):", "    return [1]");
        String job = spec("  program_arguments: --key ${{secrets.API_KEY}}");
        HttpResponse<String> refused = api.put("args", submission(folder, job));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("errors")).hasSize(1);
    }

    @Test
    void aSecretIsKeptEncryptedListedWithoutItsValueAndRemoved() throws Exception {
        keep("B_KEY", VALUE);
        keep("A_KEY", "first");
        keep("A_KEY", "second");
        JsonNode page = json(api.get(SECRETS + "?max=1"));
        assertThat(page.path("items").get(0).path("name").stringValue()).isEqualTo("A_KEY");
        assertThat(page.path("items").get(0).path("updated_by").stringValue()).isEqualTo("admin");
        String cursor = page.path("next_cursor").stringValue();
        assertThat(json(api.get(SECRETS + "?cursor=" + cursor)).path("items")).hasSize(1);
        assertThat(api.get(SECRETS).body()).doesNotContain("hunter2").doesNotContain("second");
        for (String file : List.of("server/secrets.enc", "server/secrets.key")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(home.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(api.send(api.to(SECRETS + "/A_KEY").DELETE()).statusCode()).isEqualTo(204);
        assertThat(api.send(api.to(SECRETS + "/A_KEY").DELETE()).statusCode()).isEqualTo(404);
        assertThat(json(api.get("/api/v1/workspaces/other/secrets")).path("items")).isEmpty();
        assertThat(Files.readString(home.resolve("server/audit.log")))
                .contains("PUT\",\"path\":\"" + SECRETS + "/A_KEY")
                .doesNotContain("second");
    }

    @Test
    void onlyAnAdminSetsSecrets() throws Exception {
        HttpResponse<String> made =
                api.post("/api/v1/tokens", "{\"user\":\"sam\",\"role\":\"submitter\"}");
        String token = "Bearer " + json(made).path("token").stringValue();
        assertThat(
                        api.send(
                                        api.json(SECRETS + "/A")
                                                .setHeader("Authorization", token)
                                                .PUT(BodyPublishers.ofString("{\"value\":\"x\"}")))
                                .statusCode())
                .isEqualTo(403);
        assertThat(api.send(api.to(SECRETS).setHeader("Authorization", token).GET()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sekret",
                "\"sekret\"",
                "{\"value\":\"sekret\",\"more\":1}",
                "{\"value\":[\"sekret\"]}",
                "{\"valeu\":\"sekret\"}",
                "{\"value\":\"sekret"
            })
    void noRefusalRepeatsAValue(String body) throws Exception {
        HttpResponse<String> refused = set("A", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).doesNotContain("sekret");
        assertThat(set("A-B", "{\"value\":\"x\"}").statusCode()).isEqualTo(400);
        assertThat(set("A", "{\"value\":\"\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void filesThatOthersMayReadAreNotUsed() throws Exception {
        keep("A", "value");
        Path key = home.resolve("server/secrets.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        HttpResponse<String> refused = set("B", "{\"value\":\"x\"}");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("chmod 600");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        api.faults.clear();
        keep("B", "x");
    }
}
