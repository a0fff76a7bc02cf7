package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retries that merge rows on a volume that the server does not look at. */
final class ClusterRetryIT {

    private static final int FILES = 24;

    /** Fails on every third file; its rows differ in length. */
    private static final String FAILING =
            """
            import os

            def run(mini_batch):
                number = int(os.path.basename(mini_batch[0])[:5])
                if number % 3 == 1:
                    raise ValueError("not yet")
                return [f"old {number} " + "x" * number]
            """;

    /** Slow enough to be disturbed. */
    private static final String MENDED =
            """
            import os, time

            def run(mini_batch):
                time.sleep(0.5)
                return [f"new {os.path.basename(mini_batch[0])}"]
            """;

    @TempDir Path folder;
    private ClusterSpace space;
    private Path job;
    private Path mended;

    @BeforeEach
    void attach() throws IOException {
        space = ClusterSpace.orSkip(folder).attached("type: kubernetes\n");
        job = ClusterJobs.write(folder.resolve("job"), FILES, FAILING, "");
        mended = Files.createDirectory(folder.resolve("mended"));
        Files.writeString(mended.resolve("run.py"), MENDED);
    }

    @AfterEach
    void remove() {
        if (space != null) {
            space.close();
        }
    }

    /** Runs the job to its end, in which a third has failed. */
    private void runOld(String name, String compute, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of("job", "create", "-f", job.toString(), "--compute", compute));
        words.addAll(List.of("-n", name, "--stream", "--set", "error_threshold=-1"));
        words.addAll(List.of(more));
        Finished end = space.online(words.toArray(String[]::new));
        assertThat(end.out()).contains("Completed", "16 of 24 ok, 8 failed");
    }

    private void merge(String old, String name) {
        space.online(
                "job", "retry", old, "--merge", "--code", mended.toString(), "--new-name", name);
    }

    private Path rows(String name) {
        return space.file("azureml/%s/rows/parallel_run_step.txt".formatted(name));
    }

    private int succeeded(String name) {
        return space.job(name).path("mini_batches").path("succeeded").asInt(0);
    }

    private String status(String name) {
        return space.job(name).path("status").asString("");
    }

    @Test
    void writesTheSameBytesAsOnThisMachineWhateverBecomesOfServerAndPod() throws Exception {
        Path here = folder.resolve("here.txt");
        runOld("here", "local", "--set", "outputs.rows.path=" + here);
        merge("here", "here-whole");
        String before = space.objects();
        runOld("old", "pods");
        byte[] old = Files.readAllBytes(rows("old"));

        merge("old", "whole");
        await("work begins", () -> succeeded("whole") > 0);
        space.restartServer();
        await("it goes on", () -> succeeded("whole") > 1);
        ClusterSpace.agent(space.pods("Running").getFirst()).destroyForcibly();
        Finished end = space.online("job", "stream", "whole");

        assertThat(end.out()).contains("Completed", "8 of 8 ok, 0 failed");
        assertThat(space.online("job", "stream", "here-whole").out()).contains("Completed");
        assertThat(rows("whole")).hasSameBinaryContentAs(folder.resolve("here-here-whole.txt"));
        assertThat(Files.readAllLines(rows("whole")))
                .hasSize(FILES)
                .startsWith("old 0 ", "new 00001.txt", "old 2 xx");
        assertThat(rows("old")).hasBinaryContent(old);
        space.awaitObjects(before);
        await("no rows are left over", () -> Files.notExists(space.file(".windrow")));
    }

    @Test
    void failsAndSaysWhyWhenTheOldRowsHaveChangedAndMergesThemOnceTheyAreBack() throws Exception {
        runOld("old", "pods");
        FileTime written = Files.getLastModifiedTime(rows("old"));
        String rows = Files.readString(rows("old"));
        Files.writeString(rows("old"), rows.replace("old", "odd"));

        merge("old", "changed");
        await("it fails", () -> status("changed").equals("Failed"));

        String place = "azureml://datastores/workspaceblobstore/paths/azureml/old/rows";
        assertThat(space.job("changed").path("status_reason").toString())
                .contains("INPUT_UNREADABLE", "old rows: " + place, "has changed since its job");
        assertThat(rows("changed")).doesNotExist();
        Files.writeString(rows("old"), rows);
        Files.setLastModifiedTime(rows("old"), written);
        merge("old", "whole");
        assertThat(space.online("job", "stream", "whole").out()).contains("8 of 8 ok, 0 failed");
        assertThat(Files.readAllLines(rows("whole"))).hasSize(FILES);
    }
}
