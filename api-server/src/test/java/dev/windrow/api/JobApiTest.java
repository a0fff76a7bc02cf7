package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class JobApiTest {

    private static final String[] UPPER = {
        "def run(mini_batch):", "    return [open(item).read().upper() for item in mini_batch]"
    };

    @TempDir Path home;
    private RunningApi api;

    @BeforeEach
    void start() throws Exception {
        api = new RunningApi(home, new HostLimits(1, 100));
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        assertThat(api.faults).isEmpty();
    }

    @Test
    void runsASubmittedJobToItsEndAndGivesItsOutput() throws Exception {
        Path folder = api.job("one", 3, UPPER);
        HttpResponse<String> made = api.put("one", submission(folder, spec()));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location"))
                .contains("/api/v1/workspaces/default/jobs/one");
        JsonNode job = api.ended("one");
        assertThat(job.path("status").stringValue()).isEqualTo("Completed");
        assertThat(job.path("id").stringValue()).isEqualTo("/workspaces/default/jobs/one");
        assertThat(job.path("mini_batches").path("succeeded").intValue()).isEqualTo(3);
        assertThat(job.path("items").path("total").intValue()).isEqualTo(3);
        String files = JOBS + "/one/outputs/scores/files";
        String path = json(api.get(files)).path("items").get(0).path("path").stringValue();
        HttpResponse<String> rows = api.get(JOBS + "/one/outputs/scores/file?path=" + path);
        assertThat(rows.body()).isEqualTo("LINE 0\nLINE 1\nLINE 2\n");
        HttpResponse<String> part =
                api.send(
                        api.to(JOBS + "/one/outputs/scores/file?path=" + path)
                                .header("Range", "bytes=7-12"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("LINE 1");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 7-12/21");
    }

    @Test
    void listsTheLogFilesOfWhoRanAMiniBatch() throws Exception {
        Path folder = api.job("logged", 3, UPPER);
        api.put("logged", submission(folder, spec()));
        api.ended("logged");
        String logs = JOBS + "/logged/logs";
        List<String> all = paths(api.get(logs));
        List<String> ran = paths(api.get(logs + "?mini_batch=1"));
        assertThat(ran).isNotEmpty().allMatch(path -> path.contains("/0/process000."));
        assertThat(paths(api.get(logs + "?process=process000"))).isEqualTo(ran);
        assertThat(paths(api.get(logs + "?instance=0")))
                .containsAll(ran)
                .hasSizeLessThan(all.size());
        assertThat(paths(api.get(logs + "?instance=1"))).isEmpty();
        assertThat(api.get(logs + "?mini_batch=3").statusCode()).isEqualTo(404);
        assertThat(api.get(logs + "?process=../x").statusCode()).isEqualTo(400);
        assertThat(api.get(logs + "?mini_batch=-1").statusCode()).isEqualTo(400);
    }

    private static List<String> paths(HttpResponse<String> page) {
        return json(page)
                .path("items")
                .valueStream()
                .map(one -> one.path("path").stringValue())
                .toList();
    }

    @Test
    void submittingTheSameAgainIsHarmlessAndAnotherOfTheNameIsRefused() throws Exception {
        Path folder = api.job("same", 1, UPPER);
        assertThat(api.put("same", submission(folder, spec())).statusCode()).isEqualTo(201);
        assertThat(api.put("same", submission(folder, spec())).statusCode()).isEqualTo(200);
        api.ended("same");
        assertThat(api.put("same", submission(folder, spec())).statusCode()).isEqualTo(200);
        HttpResponse<String> other =
                api.put("same", submission(folder, spec("error_threshold: 3")));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(other).path("code").stringValue()).isEqualTo("JOB_CONFLICT");
        assertThat(json(other).path("detail").stringValue()).contains("error_threshold");
    }

    @Test
    void tellsWhatHappensUntilTheEndAndGoesOnAfterAnEvent() throws Exception {
        Path folder = api.job("told", 2, UPPER);
        api.put("told", submission(folder, spec()));
        List<String> events = api.events("told");
        assertThat(events).contains("event: end");
        assertThat(events.stream().filter(line -> line.startsWith("data: {\"status\":\"")).toList())
                .anyMatch(line -> line.contains("\"Running\""))
                .last()
                .asString()
                .contains("\"Completed\"");
        String last = events.stream().filter(line -> line.startsWith("id: ")).toList().getLast();
        HttpResponse<String> rest =
                api.send(
                        api.to(JOBS + "/told/events")
                                .header("Last-Event-ID", last.substring("id: ".length())));
        assertThat(rest.body().lines().filter(line -> line.startsWith("id: "))).isEmpty();
        assertThat(rest.body()).contains("event: end");
    }

    @Test
    void cancelsAJobThatWaitsAndOneThatRuns() throws Exception {
        Path folder =
                api.job("long", 2, "import time", "def run(mini_batch):", "    time.sleep(600)");
        api.put("runs", submission(folder, spec()));
        api.put("waits", submission(folder, spec()));
        JsonNode waiting = json(api.get(JOBS + "/waits"));
        assertThat(waiting.path("status").stringValue()).isEqualTo("Queued");
        JsonNode listed = json(api.get(JOBS + "?status=Queued")).path("items");
        while (listed.isEmpty()) {
            listed = json(api.get(JOBS + "?status=Queued")).path("items");
        }
        assertThat(listed.get(0).path("name").stringValue()).isEqualTo("waits");
        assertThat(json(api.get(JOBS + "/waits/why")).path("answer").stringValue())
                .isEqualTo("waits for the one job to end that may run at a time");
        assertThat(api.post(JOBS + "/waits/cancel", "").statusCode()).isEqualTo(202);
        assertThat(api.ended("waits").path("status").stringValue()).isEqualTo("Canceled");
        assertThat(api.post(JOBS + "/runs/cancel", "").statusCode()).isEqualTo(202);
        JsonNode ended = api.ended("runs");
        assertThat(ended.path("status").stringValue()).isEqualTo("Canceled");
        assertThat(ended.path("status_reason").path("message").stringValue()).contains("admin");
        HttpResponse<String> late = api.post(JOBS + "/runs/cancel", "");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).path("code").stringValue()).isEqualTo("JOB_ENDED");
    }

    @Test
    void aServerThatEndsLeavesItsJobsToTheNext() throws Exception {
        Path flag = home.resolve("go");
        Path folder =
                api.job(
                        "on",
                        3,
                        "import os, time",
                        "def run(mini_batch):",
                        "    while not os.path.exists('" + flag + "'):",
                        "        time.sleep(0.01)",
                        "    return [1] * len(mini_batch)");
        api.put("on", submission(folder, spec()));
        api.put("after", submission(folder, spec()));
        while (json(api.get(JOBS + "?status=Running")).path("items").isEmpty()) {
            assertThat(api.faults).isEmpty();
        }
        api.close();
        Files.writeString(flag, "");
        api = new RunningApi(home, new HostLimits(1, 100));
        assertThat(api.ended("on").path("status").stringValue()).isEqualTo("Completed");
        assertThat(api.ended("after").path("mini_batches").path("succeeded").intValue())
                .isEqualTo(3);
    }

    @Test
    void showsFailedMiniBatchesWithTheirAttemptsAndItems() throws Exception {
        Path folder =
                api.job(
                        "bad",
                        3,
                        "def run(mini_batch):",
                        "    if 'file001' in mini_batch[0]:",
                        "        raise ValueError('no good')",
                        "    return [1]");
        api.put("bad", submission(folder, spec("retry_settings: {max_retries: 1}")));
        JsonNode end = api.ended("bad");
        assertThat(end.path("status").stringValue()).as(end.toString()).isEqualTo("Completed");
        JsonNode failed = json(api.get(JOBS + "/bad/mini-batches?state=failed"));
        assertThat(failed.path("items")).hasSize(1);
        assertThat(failed.path("items").get(0).path("index").intValue()).isEqualTo(1);
        JsonNode one = json(api.get(JOBS + "/bad/mini-batches/1"));
        assertThat(one.path("failed_attempts")).hasSize(2);
        assertThat(one.path("error").path("message").stringValue())
                .isEqualTo("ValueError: no good");
        assertThat(one.path("item_names").get(0).stringValue()).endsWith("file001.txt");
        JsonNode line = RunningApi.JSON.readTree(api.get(JOBS + "/bad/failed-items").body());
        assertThat(line.path("mini_batch").intValue()).isEqualTo(1);
        assertThat(line.path("item").stringValue()).endsWith("file001.txt");
        assertThat(api.get(JOBS + "/bad/mini-batches/3").statusCode()).isEqualTo(404);
    }

    @Test
    void listsPagesOfJobsByStatusAndTagAndLeavesArchivedOnesOut() throws Exception {
        Path folder = api.job("many", 1, UPPER);
        for (int i = 0; i < 5; i++) {
            api.put("job" + i, submission(folder, spec("tags: {round: \"" + i % 2 + "\"}")));
        }
        api.ended("job4");
        JsonNode page = json(api.get(JOBS + "?max=3"));
        assertThat(page.path("items")).hasSize(3);
        String cursor = page.path("next_cursor").stringValue();
        JsonNode rest = json(api.get(JOBS + "?max=3&cursor=" + cursor));
        assertThat(rest.path("items")).hasSize(2);
        assertThat(rest.path("next_cursor").isNull()).isTrue();
        assertThat(json(api.get(JOBS + "?tag=round=1")).path("items")).hasSize(2);
        assertThat(json(api.get(JOBS + "?status=Failed")).path("items")).isEmpty();
        assertThat(api.post(JOBS + "/job0/archive", "").statusCode()).isEqualTo(200);
        assertThat(json(api.get(JOBS)).path("items")).hasSize(4);
        assertThat(json(api.get(JOBS + "?view=archived")).path("items")).hasSize(1);
        api.post(JOBS + "/job0/restore", "");
        assertThat(json(api.get(JOBS)).path("items")).hasSize(5);
    }

    @Test
    void changesLabelsButNoProperty() throws Exception {
        Path folder = api.job("labels", 1, UPPER);
        api.put("labels", submission(folder, spec("tags: {a: \"1\", b: \"2\"}")));
        JsonNode job =
                json(
                        patch(
                                "labels",
                                "{\"tags\":{\"a\":null,\"c\":\"3\"},\"properties\":{\"p\":\"1\"}}"));
        assertThat(job.path("tags").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        HttpResponse<String> fixed = patch("labels", "{\"properties\":{\"p\":\"2\"}}");
        assertThat(fixed.statusCode()).isEqualTo(409);
        assertThat(json(fixed).path("code").stringValue()).isEqualTo("PROPERTY_FIXED");
        assertThat(patch("labels", "{\"status\":\"Completed\"}").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> patch(String name, String body) throws Exception {
        return api.send(api.json(JOBS + "/" + name).method("PATCH", BodyPublishers.ofString(body)));
    }

    @Test
    void deletesAnEndedJobAndNoOther() throws Exception {
        Path folder = api.job("gone", 1, UPPER);
        Path slow =
                api.job("slow", 1, "import time", "def run(mini_batch):", "    time.sleep(600)");
        api.put("gone", submission(folder, spec()));
        api.ended("gone");
        api.put("slow", submission(slow, spec()));
        assertThat(api.send(api.to(JOBS + "/slow").DELETE()).statusCode()).isEqualTo(409);
        assertThat(api.send(api.to(JOBS + "/gone").DELETE()).statusCode()).isEqualTo(204);
        assertThat(api.get(JOBS + "/gone").statusCode()).isEqualTo(404);
        assertThat(home.resolve("jobs/gone")).doesNotExist();
        api.post(JOBS + "/slow/cancel", "");
        api.ended("slow");
    }

    @Test
    void showsAPageAboutAJobToWhoGivesTheTokenAsAPassword() throws Exception {
        Path folder = api.job("page", 1, UPPER);
        api.put("page", submission(folder, spec("display_name: \"<b>{status}</b> & more\"")));
        api.ended("page");
        String token = Files.readString(AdminToken.file(home)).strip();
        String basic =
                Base64.getEncoder()
                        .encodeToString(("me:" + token).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> page =
                api.send(api.to("/jobs/page").setHeader("Authorization", "Basic " + basic));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Completed", "its one mini-batch succeeded")
                .contains("&lt;b&gt;&#123;status}&lt;/b&gt; &amp; more")
                .doesNotContain("http-equiv");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        HttpResponse<String> bad =
                api.send(api.to("/jobs/page").setHeader("Authorization", "Basic bWU6eA=="));
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.headers().firstValue("WWW-Authenticate").orElse("")).contains("Basic");
        HttpResponse<String> write =
                api.send(
                        api.to(JOBS + "/page/archive")
                                .setHeader("Authorization", "Basic " + basic)
                                .POST(BodyPublishers.noBody()));
        assertThat(write.statusCode()).isEqualTo(401);
    }

    private JsonNode checked(String environment, String conda) throws Exception {
        String spec = spec("  environment:", "    conda_file: {dependencies: [" + conda + "]}");
        Path folder = api.job("check", 1, UPPER);
        ObjectNode body = (ObjectNode) RunningApi.JSON.readTree(submission(folder, spec));
        if (!environment.isEmpty()) {
            body.put("environment", environment);
        }
        return json(api.post("/api/v1/workspaces/default/validate", body.toString()));
    }

    @Test
    void wantsToKnowWhatIsMadeOfACondaFile() throws Exception {
        assertThat(checked("venv", "pip: [requests]").path("valid").booleanValue()).isTrue();
        JsonNode unasked = checked("", "pip: [requests]").path("errors").get(0);
        assertThat(unasked.path("path").stringValue()).isEqualTo("task.environment.conda_file");
        assertThat(unasked.path("rule").stringValue()).startsWith("--environment venv");
        JsonNode foreign = checked("venv", "numpy").path("errors").get(0);
        assertThat(foreign.path("path").stringValue())
                .isEqualTo("task.environment.conda_file.dependencies.0");
        assertThat(foreign.path("line").intValue()).isEqualTo(15);
    }

    @Test
    void checksAJobWithoutSubmittingIt() throws Exception {
        Path folder = api.job("check", 1, UPPER);
        JsonNode good =
                json(api.post("/api/v1/workspaces/default/validate", submission(folder, spec())));
        assertThat(good.path("valid").booleanValue()).isTrue();
        JsonNode bad =
                json(
                        api.post(
                                "/api/v1/workspaces/default/validate",
                                submission(folder, spec("error_threshold: -7"))));
        assertThat(bad.path("valid").booleanValue()).isFalse();
        assertThat(bad.path("errors").get(0).path("path").stringValue())
                .isEqualTo("error_threshold");
        assertThat(bad.path("errors").get(0).path("line").intValue()).isEqualTo(14);
        assertThat(json(api.get(JOBS)).path("items")).isEmpty();
    }
}
