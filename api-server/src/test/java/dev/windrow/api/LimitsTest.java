package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.Quota;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Limits with real jobs. */
final class LimitsTest {

    private static final String[] SLOW = {
        "import time", "def run(mini_batch):", "    time.sleep(600)", "    return [1]"
    };
    private static final String[] QUICK = {"def run(mini_batch):", "    return [1]"};

    @TempDir Path home;
    private RunningApi api;
    private String bob;

    @BeforeEach
    void start() throws Exception {
        api = open();
        bob = token("bob");
    }

    private RunningApi open() throws Exception {
        Quota one = new Quota(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.empty());
        return new RunningApi(
                home, new HostLimits(4, 100).withQuotas(new Quota.All(Map.of("*", one), Map.of())));
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        assertThat(api.faults).isEmpty();
    }

    private String token(String user) throws Exception {
        HttpResponse<String> made =
                api.post(
                        "/api/v1/tokens",
                        "{\"user\":\"%s\",\"role\":\"submitter\"}".formatted(user));
        return "Bearer " + json(made).path("token").stringValue();
    }

    private void submit(String name, String[] script, String token) throws Exception {
        Path folder = api.job(name, 1, script);
        HttpResponse<String> made =
                api.send(
                        api.json(JOBS + "/" + name)
                                .setHeader("Authorization", token)
                                .PUT(BodyPublishers.ofString(submission(folder, spec()))));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private JsonNode job(String name) throws Exception {
        return json(api.get(JOBS + "/" + name));
    }

    @Test
    void aJobOverAUsersLimitWaitsAndSaysWhyWhileOthersGoAhead() throws Exception {
        String ada = token("ada");
        submit("first", SLOW, ada);
        submit("second", QUICK, ada);
        submit("third", QUICK, ada);
        submit("bobs", QUICK, bob);
        assertThat(api.ended("bobs").path("status").stringValue()).isEqualTo("Completed");
        assertThat(job("second").path("status").stringValue()).isEqualTo("Queued");
        String why =
                "waits for the limit of user ada: 1 job at one time, 1 in use by first (1); it"
                        + " needs 1";
        assertThat(job("second").path("status_reason").path("message").stringValue())
                .isEqualTo(why);
        assertThat(json(api.get(JOBS + "/third/why")).path("answer").stringValue())
                .isEqualTo("waits behind second, which " + why);
        api.post(JOBS + "/third/cancel", "");
        assertThat(api.ended("third").path("status").stringValue()).isEqualTo("Canceled");
        api.post(JOBS + "/first/cancel", "");
        assertThat(api.ended("second").path("status").stringValue()).isEqualTo("Completed");
    }

    @Test
    void whoseJobItIsOutlivesARestart() throws Exception {
        submit("first", SLOW, bob);
        submit("second", QUICK, bob);
        api.close();
        api = open();
        assertThat(job("second").path("status_reason").path("message").stringValue())
                .contains("limit of user bob", "in use by first (1)");
        api.post(JOBS + "/first/cancel", "");
        api.ended("second");
    }

    @Test
    void aJobThatNeverFitsIsRefused() throws Exception {
        Path folder = api.job("large", 1, QUICK);
        String large = submission(folder, spec()).replaceFirst("\\{", "{\"instances\":3,");
        HttpResponse<String> refused = api.put("large", large);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("errors").get(0).path("message").stringValue())
                .isEqualTo(
                        "resources.instance_count: 3 instances (expected: at most 2, the limit of"
                                + " user admin)");
        JsonNode checked = json(api.post("/api/v1/workspaces/default/validate", large));
        assertThat(checked.path("valid").booleanValue()).isFalse();
        assertThat(checked.path("errors").get(0).path("code").stringValue())
                .isEqualTo("OVER_LIMIT");
        assertThat(home.resolve("jobs/large")).doesNotExist();
    }
}
