package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.oidc.Issuer;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.OidcSettings;
import dev.windrow.runtime.host.ServerSecurity;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A server that believes an issuer, both real. */
final class OidcTest {

    private static final String BARN = "/api/v1/workspaces/barn/jobs";

    @TempDir Path home;
    private Issuer issuer;
    private RunningApi api;

    @BeforeEach
    void start() throws Exception {
        issuer = new Issuer();
        api = new RunningApi(home, HostLimits.DEFAULT, believing(issuer.address()));
    }

    private static ServerSecurity believing(URI issuer) {
        return new ServerSecurity(
                Optional.empty(),
                Optional.of(
                        new OidcSettings(
                                issuer,
                                "windrow",
                                "realm.roles",
                                Optional.of("workspace"),
                                OidcSettings.USER_CLAIM)),
                Optional.empty(),
                Optional.empty());
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        issuer.close();
    }

    private ObjectNode claims(String role, String workspace) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims =
                RunningApi.JSON
                        .createObjectNode()
                        .put("iss", issuer.address().toString())
                        .put("aud", "windrow")
                        .put("sub", "ada|7")
                        .put("exp", now + 600)
                        .put("nbf", now - 10)
                        .put("workspace", workspace);
        claims.putObject("realm").putArray("roles").add("other").add(role);
        return claims;
    }

    private HttpResponse<String> asked(String token, String path) throws Exception {
        return api.send(api.to(path).setHeader("Authorization", "Bearer " + token).GET());
    }

    private int status(String how, ObjectNode claims) throws Exception {
        return asked(issuer.sign(how, claims.toString()), JOBS).statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256"})
    void aTokenOfTheIssuerSaysWhoCallsAndWhatTheyMay(String algorithm) throws Exception {
        String reader = issuer.sign(algorithm, claims("reader", "barn").toString());
        assertThat(asked(reader, BARN).statusCode()).isEqualTo(200);
        assertThat(asked(reader, JOBS).statusCode()).isEqualTo(403);
        HttpResponse<String> server = asked(reader, "/api/v1/server");
        assertThat(json(server).path("user").stringValue()).isEqualTo("oidc:ada|7");
        assertThat(json(server).path("role").stringValue()).isEqualTo("reader");
        String admin = issuer.sign(algorithm, claims("admin", "*").toString());
        assertThat(asked(admin, "/api/v1/tokens").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatComesWhileTheTokenIsLookedAtIsNotLost() throws Exception {
        Path folder = api.job("mine", 1, "def run(mini_batch):", "    return [1]");
        String token = issuer.sign("RS256", claims("submitter", "*").toString());
        String padded = submission(folder, spec("description: " + "x".repeat(500_000)));
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> made =
                    api.send(
                            api.json(JOBS + "/mine")
                                    .setHeader("Authorization", "Bearer " + token)
                                    .PUT(BodyPublishers.ofString(padded)));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(i == 0 ? 201 : 200);
        }
        assertThat(api.ended("mine").path("creation_context").path("created_by").stringValue())
                .isEqualTo("oidc:ada|7");
        assertThat(api.faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "none, 401",
        "HS256, 401",
        "RS512, 401",
        "forged, 401",
        "unknown, 401",
    })
    void aTokenThatIsNotSignedAsItShouldBeIsRefused(String how, int status) throws Exception {
        assertThat(status(how, claims("admin", "*"))).isEqualTo(status);
        assertThat(api.faults).isEmpty();
    }

    @Test
    void aTokenThatWasChangedIsRefused() throws Exception {
        String[] parts = issuer.sign("RS256", claims("reader", "*").toString()).split("\\.");
        String[] other = issuer.sign("RS256", claims("admin", "*").toString()).split("\\.");
        String mixed = parts[0] + "." + other[1] + "." + parts[2];
        HttpResponse<String> answer = asked(mixed, JOBS);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("not signed by its issuer").doesNotContain(parts[2]);
        assertThat(asked("a.b.c", JOBS).statusCode()).isEqualTo(401);
        assertThat(asked("..", JOBS).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatIsNotForThisServerOrOutOfTimeIsRefused() throws Exception {
        long now = Instant.now().getEpochSecond();
        ObjectNode good = claims("admin", "*");
        assertThat(status("RS256", good)).isEqualTo(200);
        assertThat(status("RS256", good.deepCopy().put("exp", now - 30))).isEqualTo(200);
        assertThat(status("RS256", good.deepCopy().put("exp", now - 90))).isEqualTo(401);
        assertThat(status("RS256", good.deepCopy().put("nbf", now + 30))).isEqualTo(200);
        assertThat(status("RS256", good.deepCopy().put("nbf", now + 90))).isEqualTo(401);
        assertThat(status("RS256", good.deepCopy().put("aud", "another"))).isEqualTo(401);
        assertThat(status("RS256", good.deepCopy().put("iss", "http://127.0.0.1:1")))
                .isEqualTo(401);
        ObjectNode endless = good.deepCopy();
        endless.remove("exp");
        assertThat(status("RS256", endless)).isEqualTo(401);
    }

    @Test
    void aTokenThatGivesNoRoleOrNoWorkspaceIsOfNoUse() throws Exception {
        assertThat(status("RS256", claims("king", "*"))).isEqualTo(403);
        assertThat(status("RS256", claims("admin", "../x"))).isEqualTo(403);
        ObjectNode nowhere = claims("admin", "*");
        nowhere.remove("workspace");
        assertThat(status("RS256", nowhere)).isEqualTo(403);
        ObjectNode nobody = claims("admin", "*");
        nobody.put("sub", "a\nb");
        assertThat(status("RS256", nobody)).isEqualTo(403);
    }

    @Test
    void ofAFloodOfUnknownKeysNoMoreThanOneIsAskedFor() throws Exception {
        assertThat(status("RS256", claims("admin", "*"))).isEqualTo(200);
        for (int i = 0; i < 50; i++) {
            assertThat(status("unknown", claims("admin", "*"))).isEqualTo(401);
        }
        assertThat(Integer.parseInt(issuer.ask("/fetches", ""))).isLessThanOrEqualTo(2);
        assertThat(api.get(JOBS).statusCode()).isEqualTo(200);
    }

    @Test
    void knownKeysAreGoodWhileTheIssuerIsDown() throws Exception {
        String token = issuer.sign("ES256", claims("reader", "*").toString());
        assertThat(asked(token, JOBS).statusCode()).isEqualTo(200);
        issuer.close();
        assertThat(asked(token, JOBS).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutAnyKeysTheIssuerIsToBlameAndTheServerStarts() throws Exception {
        String token = issuer.sign("ES256", claims("reader", "*").toString());
        issuer.close();
        api.close();
        api = new RunningApi(home, HostLimits.DEFAULT, believing(issuer.address()));
        HttpResponse<String> answer = asked(token, JOBS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(api.get(JOBS).statusCode()).isEqualTo(200);
        assertThat(api.faults).hasSize(1);
        assertThat(api.faults.getFirst()).contains("the issuer's keys cannot be fetched");
    }
}
