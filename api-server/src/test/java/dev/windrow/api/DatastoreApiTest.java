package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class DatastoreApiTest {

    private static final String DATASTORES = "/api/v1/workspaces/default/datastores";
    private static final String[] UPPER = {
        "def run(mini_batch):", "    return [open(item).read().upper() for item in mini_batch]"
    };
    private static final String JOB =
            """
            type: parallel
            inputs:
              docs: {type: uri_folder, path: azureml://datastores/big/paths/in}
            outputs:
              scores: {type: uri_file, path: azureml://datastores/big/paths/out/rows.txt}
            input_data: ${{inputs.docs}}
            mini_batch_size: "1"
            max_concurrency_per_instance: 1
            task:
              type: run_function
              code: ./src
              entry_script: entry.py
              append_row_to: ${{outputs.scores}}
            """;

    @TempDir Path home;
    @TempDir Path disk;
    private RunningApi api;

    @BeforeEach
    void start() throws Exception {
        api = new RunningApi(home, new HostLimits(1, 100));
        Files.createDirectories(disk.resolve("in"));
        Files.writeString(disk.resolve("in/a.txt"), "alpha");
        Files.writeString(disk.resolve("in/b.txt"), "beta");
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        assertThat(api.faults).isEmpty();
    }

    private HttpResponse<String> put(String name, String body) throws Exception {
        return api.send(api.json(DATASTORES + "/" + name).PUT(BodyPublishers.ofString(body)));
    }

    private String at(Path path) {
        return "{\"path\":\"" + path + "\"}";
    }

    @Test
    void jobsReadAndWriteADatastoreWithAFolderOfItsOwn() throws Exception {
        assertThat(put("big", at(disk)).statusCode()).isEqualTo(201);
        Path folder = api.job("far", 0, UPPER);
        HttpResponse<String> made = api.put("far", submission(folder, JOB));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode job = api.ended("far");
        assertThat(job.path("status").stringValue()).isEqualTo("Completed");
        assertThat(disk.resolve("out/rows.txt")).hasContent("ALPHA\nBETA\n");
        assertThat(job.path("outputs").path("scores").stringValue())
                .isEqualTo(disk.resolve("out/rows.txt").toString());
        assertThat(home.resolve("datastores/big")).doesNotExist();
    }

    @Test
    void aJobKeepsWhatItsDatastoreMeantWhenItWasSubmitted() throws Exception {
        put("big", at(disk));
        Path flag = home.resolve("go");
        Path folder =
                api.job(
                        "kept",
                        0,
                        "import os, time",
                        "def run(mini_batch):",
                        "    while not os.path.exists('" + flag + "'):",
                        "        time.sleep(0.01)",
                        "    return [1] * len(mini_batch)");
        api.put("kept", submission(folder, JOB));
        assertThat(api.send(api.to(DATASTORES + "/big").DELETE()).statusCode()).isEqualTo(204);
        api.close();
        Files.writeString(flag, "");
        api = new RunningApi(home, new HostLimits(1, 100));
        assertThat(api.ended("kept").path("status").stringValue()).isEqualTo("Completed");
        assertThat(disk.resolve("out/rows.txt")).hasContent("1\n1\n");
        assertThat(home.resolve("datastores/big")).doesNotExist();
        HttpResponse<String> later = api.put("later", submission(folder, JOB));
        assertThat(later.statusCode()).isEqualTo(400);
        assertThat(later.body()).contains(home.resolve("datastores/big/in").toString());
    }

    @Test
    void aFolderThatIsGoneIsNeverMadeAgain() throws Exception {
        Path mounted = Files.createDirectories(disk.resolve("mounted"));
        put("big", at(mounted));
        Files.delete(mounted);
        Path folder = api.job("gone", 1, UPPER);
        String spec = JOB.replace("azureml://datastores/big/paths/in", "./input");
        HttpResponse<String> refused = api.put("gone", submission(folder, spec));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("because it is the datastore big");
        assertThat(mounted).doesNotExist();
        Map<String, Boolean> found = check("big");
        assertThat(found)
                .containsEntry("reachable", false)
                .containsEntry("readable", false)
                .containsEntry("writable", false);
    }

    @Test
    void theDefaultOneCanBeMovedAndNotDeleted() throws Exception {
        String usual = DATASTORES + "/workspaceblobstore";
        JsonNode before = json(api.get(usual));
        assertThat(before.path("is_default").booleanValue()).isTrue();
        assertThat(before.path("location").stringValue())
                .isEqualTo(home.resolve("datastores/workspaceblobstore").toString());
        HttpResponse<String> refused = api.send(api.to(usual).DELETE());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).path("code").stringValue()).isEqualTo("DEFAULT_DATASTORE");
        assertThat(put("workspaceblobstore", at(disk)).statusCode()).isEqualTo(201);
        Path folder = api.job("usual", 1, UPPER);
        api.put("usual", submission(folder, RunningApi.spec()));
        JsonNode job = api.ended("usual");
        assertThat(Path.of(job.path("outputs").path("scores").stringValue()))
                .startsWith(disk)
                .hasContent("LINE 0\n");
        assertThat(put("workspaceblobstore", "{}").statusCode()).isEqualTo(200);
        assertThat(json(api.get(usual)).path("path").isNull()).isTrue();
    }

    private Map<String, Boolean> check(String name) throws Exception {
        Map<String, Boolean> found = new LinkedHashMap<>();
        JsonNode answer = json(api.post(DATASTORES + "/" + name + "/check", ""));
        answer.path("findings")
                .forEach(one ->
                        found.put(one.path("name").stringValue(), one.path("ok").booleanValue()));
        assertThat(answer.path("ok").booleanValue())
                .isEqualTo(found.values().stream().allMatch(ok -> ok));
        return found;
    }

    @Test
    void checksByReadingAndWriting() throws Exception {
        put("big", at(disk));
        put("plain", "{\"description\":\"in the home\"}");
        assertThat(check("big")).hasSize(4).doesNotContainValue(false);
        assertThat(check("plain")).hasSize(4).doesNotContainValue(false);
        assertThat(home.resolve("datastores")).doesNotExist();
        try (var files = Files.list(disk)) {
            assertThat(files).containsExactly(disk.resolve("in"));
        }
        assertThat(api.post(DATASTORES + "/nobody/check", "").statusCode()).isEqualTo(404);
    }

    @Test
    void listsTheDefaultOneAmongThoseThatWereMade() throws Exception {
        put("zeta", "{}");
        put("alpha", at(disk));
        List<String> names = new ArrayList<>();
        json(api.get(DATASTORES))
                .path("items")
                .forEach(one -> names.add(one.path("name").stringValue()));
        assertThat(names).containsExactly("alpha", "workspaceblobstore", "zeta");
        JsonNode first = json(api.get(DATASTORES + "?max=1"));
        JsonNode second =
                json(
                        api.get(
                                DATASTORES
                                        + "?max=5&cursor="
                                        + first.path("next_cursor").stringValue()));
        assertThat(second.path("items")).hasSize(2);
        assertThat(second.path("next_cursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pvc,data,pvc:data/",
        "pvc,data/images/2026,pvc:data/images/2026",
        "host_path,/mnt/data,host_path:/mnt/data"
    })
    void aVolumeIsKnownThoughOnlyPodsSeeIt(String type, String path, String location)
            throws Exception {
        String body = "{\"type\":\"%s\",\"path\":\"%s\"}".formatted(type, path);
        assertThat(put("volume", body).statusCode()).isEqualTo(201);
        assertThat(put("volume", body).statusCode()).isEqualTo(200);
        JsonNode known = json(api.get(DATASTORES + "/volume"));
        assertThat(known.path("type").stringValue()).isEqualTo(type);
        assertThat(known.path("path").stringValue()).isEqualTo(path);
        assertThat(known.path("location").stringValue()).isEqualTo(location);
        JsonNode check = json(api.post(DATASTORES + "/volume/check", ""));
        assertThat(check.path("findings").get(0).path("message").stringValue())
                .startsWith("only pods see it");
    }

    @Test
    void theSameAgainChangesNothing() throws Exception {
        put("big", at(disk));
        String before = api.get(DATASTORES + "/big").body();
        assertThat(put("big", at(disk)).statusCode()).isEqualTo(200);
        assertThat(api.get(DATASTORES + "/big").body()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    big;{"path":"relative"};400;INVALID_DATASTORE
                    big;{"path":"/"};400;INVALID_DATASTORE
                    big;{"path":"/no/such/folder"};400;INVALID_DATASTORE
                    big;{"path":"/etc/hostname"};400;INVALID_DATASTORE
                    big;{"path":"/tmp/\\u0000"};400;INVALID_DATASTORE
                    big;{"path":1};400;INVALID_REQUEST
                    big;{"type":"s3"};422;DATASTORE_KIND_NOT_BUILT
                    big;{"type":"azure_blob"};422;DATASTORE_KIND_NOT_BUILT
                    big;{"type":"pvc"};400;INVALID_DATASTORE
                    big;{"type":"pvc","path":"Data"};400;INVALID_DATASTORE
                    big;{"type":"pvc","path":"data/../other"};400;INVALID_DATASTORE
                    big;{"type":"pvc","path":"data/"};400;INVALID_DATASTORE
                    big;{"type":"pvc","path":"/data"};400;INVALID_DATASTORE
                    big;{"type":"host_path","path":"data"};400;INVALID_DATASTORE
                    big;{"type":"host_path","path":"/"};400;INVALID_DATASTORE
                    big;{"type":"host_path","path":"/data/.."};400;INVALID_DATASTORE
                    big;{"account":"x"};400;INVALID_REQUEST
                    -big;{};400;INVALID_REQUEST
                    ..%2Fbig;{};400;INVALID_REQUEST
                    """)
    void refusesWhatIsWrong(String name, String body, int status, String code) throws Exception {
        HttpResponse<String> answer = put(name, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").stringValue()).isEqualTo(code);
        assertThat(api.get(DATASTORES + "/nobody").statusCode()).isEqualTo(404);
        assertThat(api.get(JOBS).statusCode()).isEqualTo(200);
    }
}
