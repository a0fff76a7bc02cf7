package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RetryApiTest {

    private static final int FILES = 12;

    @TempDir Path home;
    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi(home, new HostLimits(2, 100));
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
        assertThat(api.faults).isEmpty();
    }

    /** A script that fails on files whose number has this remainder by this divisor. */
    private static String[] failing(int divisor, int remainder, String mark) {
        return new String[] {
            "import os, re",
            "def run(mini_batch):",
            "    rows = []",
            "    for path in mini_batch:",
            "        number = int(re.sub('[^0-9]', '', os.path.basename(path)))",
            "        if number %% %d == %d: raise ValueError('no')".formatted(divisor, remainder),
            "        rows.append('%s %%d' %% number)".formatted(mark),
            "    return rows"
        };
    }

    private static String spec(Path folder, String... more) {
        List<String> lines = new ArrayList<>(List.of("retry_settings: {max_retries: 0}"));
        lines.addAll(List.of(more));
        return RunningApi.spec(lines.toArray(String[]::new))
                .replace(
                        "scores: {type: uri_file}",
                        "scores: {type: uri_file, path: %s/out.txt}".formatted(folder));
    }

    private Path ran(String name, String[] script, String... more) throws Exception {
        Path folder = api.job(name, FILES, script);
        HttpResponse<String> made =
                api.put(name, RunningApi.submission(folder, spec(folder, more)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        api.ended(name);
        return folder;
    }

    private HttpResponse<String> retry(String old, String body) throws Exception {
        return api.post(JOBS + "/" + old + "/retry", body);
    }

    private JsonNode retried(String old, String name, String more) throws Exception {
        HttpResponse<String> made = retry(old, "{\"name\":\"%s\"%s}".formatted(name, more));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return api.ended(name);
    }

    private static String code(Path folder, String... script) throws IOException {
        Path code = Files.createDirectories(folder.resolve("fixed"));
        Files.write(code.resolve("entry.py"), List.of(script));
        return ",\"code\":\"" + code + "\"";
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").stringValue("")).isEqualTo(code);
    }

    private static List<String> rows(String mark, int... numbers) {
        return IntStream.of(numbers).mapToObj(n -> mark + " " + n).toList();
    }

    @Test
    void aRetryRunsExactlyWhatHasFailedWithTheSameItemsInTheSameOrder() throws Exception {
        Path folder = ran("old", failing(3, 1, "old"));
        String fixed = code(folder, failing(100, 99, "new"));
        JsonNode end = retried("old", "again", fixed);
        assertThat(end.path("status").stringValue("")).as(end.toString()).isEqualTo("Completed");
        assertThat(end.path("properties").path("retry_of").stringValue("")).isEqualTo("old");
        assertThat(end.path("mini_batches").path("total").intValue(-1)).isEqualTo(4);
        assertThat(folder.resolve("out-again.txt"))
                .content()
                .isEqualTo(String.join("\n", rows("new", 1, 4, 7, 10)) + "\n");
        assertThat(Files.readAllLines(folder.resolve("out.txt"))).hasSize(8);
        JsonNode third = json(api.get(JOBS + "/again/mini-batches/2"));
        assertThat(third.path("original_index").intValue(-1)).isEqualTo(7);
        assertThat(third.path("item_names").toString()).isEqualTo("[\"file007.txt\"]");
        HttpResponse<String> same = retry("old", "{\"name\":\"again\"%s}".formatted(fixed));
        assertThat(same.statusCode()).as(same.body()).isEqualTo(200);
        assertRefused(retry("again", "{\"name\":\"third\"}"), 422, "NOTHING_TO_RETRY");
    }

    @Test
    void withoutCodeTheOldSnapshotRunsAgain() throws Exception {
        Path folder = ran("old", failing(3, 1, "old"));
        Files.writeString(folder.resolve("src/entry.py"), "def run(m): return m");
        JsonNode end = retried("old", "again", "");
        assertThat(end.path("mini_batches").path("failed").intValue(-1)).isEqualTo(4);
    }

    @Test
    void aMergeWritesOldAndNewRowsInTheOrderOfTheIndexToANewPlace() throws Exception {
        Path folder = ran("old", failing(3, 1, "old"));
        String before = Files.readString(folder.resolve("out.txt"));
        String fixed = code(folder, failing(100, 99, "new"));
        retried("old", "whole", fixed + ",\"merge\":true");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            expected.add((i % 3 == 1 ? "new " : "old ") + i);
        }
        assertThat(Files.readAllLines(folder.resolve("out-whole.txt"))).isEqualTo(expected);
        assertThat(folder.resolve("out.txt")).hasContent(before);
        assertThat(home.resolve("jobs/whole/segments")).doesNotExist();
    }

    @Test
    void aMergeOfAMergeHasEachRowOnce() throws Exception {
        Path folder = ran("old", failing(2, 1, "old"));
        retried("old", "second", code(folder, failing(4, 3, "new")) + ",\"merge\":true");
        JsonNode end =
                retried(
                        "second",
                        "third",
                        code(folder, failing(100, 99, "last")) + ",\"merge\":true");
        assertThat(end.path("mini_batches").path("total").intValue(-1)).isEqualTo(3);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            expected.add((i % 2 == 0 ? "old " : i % 4 == 3 ? "last " : "new ") + i);
        }
        assertThat(Files.readAllLines(folder.resolve("out-second-third.txt"))).isEqualTo(expected);
        assertThat(
                        json(api.get(JOBS + "/third/mini-batches/1"))
                                .path("original_index")
                                .intValue(-1))
                .isEqualTo(7);
    }

    @Test
    void aFailedJobGivesItsPartialRows() throws Exception {
        Path folder = ran("old", failing(100, 6, "old"), "mini_batch_error_threshold: 0");
        assertThat(api.ended("old").path("status").stringValue("")).isEqualTo("Failed");
        assertThat(folder.resolve("out.txt")).doesNotExist();
        retried("old", "whole", code(folder, failing(100, 99, "new")) + ",\"merge\":true");
        List<String> merged = Files.readAllLines(folder.resolve("out-whole.txt"));
        assertThat(merged).hasSize(FILES).contains("old 0", "new 6");
        assertThat(merged.stream().map(row -> Integer.parseInt(row.substring(4))).toList())
                .isEqualTo(IntStream.range(0, FILES).boxed().toList());
    }

    @Test
    void aJobThatNeverBeganRunsWhole() throws Exception {
        Path folder = ran("old", new String[] {"raise RuntimeError('typo')"});
        assertThat(api.ended("old").path("status").stringValue("")).isEqualTo("Failed");
        JsonNode end = retried("old", "again", code(folder, failing(100, 99, "new")));
        assertThat(end.path("mini_batches").path("succeeded").intValue(-1)).isEqualTo(FILES);
    }

    @Test
    void whatCannotBeMergedIsRefusedByName() throws Exception {
        Path folder = ran("old", failing(3, 1, "old"));
        String merge = "{\"name\":\"m\",\"merge\":true}";
        Path out = folder.resolve("out.txt");
        byte[] rows = Files.readAllBytes(out);
        Files.write(out, rows);
        assertRefused(retry("old", merge), 422, "NOT_MERGEABLE");
        Files.delete(out);
        assertRefused(retry("old", merge), 422, "NOT_MERGEABLE");
        assertThat(api.get(JOBS + "/m").statusCode()).isEqualTo(404);
        assertThat(home.resolve("jobs/m")).doesNotExist();
        assertThat(retry("old", "{\"name\":\"m\"}").statusCode()).isEqualTo(201);
    }

    @Test
    void ordersThatMakeNoSenseAreRefused() throws Exception {
        Path folder = ran("old", failing(3, 1, "old"));
        assertRefused(retry("none", "{\"name\":\"x\"}"), 404, "JOB_NOT_FOUND");
        for (String body :
                List.of(
                        "{}",
                        "{\"name\":\"old\"}",
                        "{\"name\":\"../x\"}",
                        "{\"name\":\"x\",\"merge\":1}",
                        "{\"name\":\"x\",\"code\":\"relative\"}",
                        "{\"name\":\"x\",\"more\":1}")) {
            assertRefused(retry("old", body), 400, "INVALID_REQUEST");
        }
        assertRefused(
                retry("old", "{\"name\":\"x\",\"code\":\"%s/none\"}".formatted(folder)),
                400,
                "INVALID_JOB_SPEC");
        Path slow = api.job("slow", 1, "import time", "def run(m): time.sleep(600)");
        api.put("slow", RunningApi.submission(slow, spec(slow)));
        assertRefused(retry("slow", "{\"name\":\"x\"}"), 409, "JOB_NOT_ENDED");
        api.post(JOBS + "/slow/cancel", "");
        api.ended("slow");
        JsonNode canceled = json(retry("slow", "{\"name\":\"x\"}"));
        assertThat(canceled.path("name").stringValue("")).isEqualTo("x");
        api.post(JOBS + "/x/cancel", "");
        api.ended("x");
    }
}
