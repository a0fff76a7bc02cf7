package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said clearly, loses nothing, and once mended the job completes. */
final class BadInputIT {

    private static final String GOOD = "def run(mini_batch):\n    return list(mini_batch)\n";

    @TempDir Path folder;

    private JobFixture job() {
        return JobFixture.withFiles(folder.resolve("job"), 20)
                .script(GOOD)
                .field("mini_batch_size", "\"5\"")
                .field("max_concurrency_per_instance", "2");
    }

    private Windrow windrow() {
        return new Windrow(folder.resolve("home"));
    }

    private Finished run(JobFixture fixture) {
        return windrow().run(fixture.folder(), "run", "job.yml", "-n", "bad");
    }

    private void completesOn(String... words) throws IOException {
        Finished mended = windrow().run(folder.resolve("job"), words);
        assertThat(mended.exit()).as(mended.out() + mended.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("job/out/rows.txt"))).hasSize(20);
    }

    private static void says(Finished finished, int exit, String... parts) {
        String all = finished.out() + finished.err();
        assertThat(finished.exit()).as(all).isEqualTo(exit);
        assertThat(all).contains(parts).doesNotContain("\tat dev.windrow", "Exception in thread");
    }

    @Test
    void missingScript() throws IOException {
        JobFixture fixture = job();
        fixture.write();
        Files.delete(fixture.folder().resolve("src/entry.py"));
        says(run(fixture), 2, "entry_script", "entry.py", "expected");
        fixture.write();
        completesOn("run", "job.yml", "-n", "bad");
    }

    @Test
    void syntaxError() throws IOException {
        JobFixture fixture = job().script("import os\ndef run(mini_batch)\n    return []\n");
        fixture.write();
        says(run(fixture), 4, "SCRIPT_LOAD_FAILED", "SyntaxError", "entry.py:2");
        fixture.script(GOOD).write();
        completesOn("resume", "bad", "--code", "src");
    }

    @Test
    void failedImport() throws IOException {
        JobFixture fixture = job().script("import no_such_module_anywhere\n" + GOOD);
        fixture.write();
        says(
                run(fixture),
                4,
                "SCRIPT_LOAD_FAILED",
                "no_such_module_anywhere",
                "entry.py:1",
                "windrow resume bad");
        fixture.script(GOOD).write();
        completesOn("resume", "bad", "--code", "src");
    }

    @Test
    void missingInputFolder() throws IOException {
        JobFixture fixture = job();
        fixture.write();
        Files.move(fixture.input(), folder.resolve("elsewhere"));
        says(run(fixture), 2, "inputs.files.path", "expected", "exists");
        Files.move(folder.resolve("elsewhere"), fixture.input());
        completesOn("run", "job.yml", "-n", "bad");
    }

    @Test
    void inputFolderThatGoesMissingUnderAJob() throws IOException {
        JobFixture fixture = job().script("raise RuntimeError('not yet')\n");
        fixture.write();
        says(run(fixture), 4, "RuntimeError", "not yet");
        Files.move(fixture.input(), folder.resolve("elsewhere"));
        fixture.script(GOOD).write();
        Finished missing = windrow().run(fixture.folder(), "resume", "bad", "--code", "src");
        says(missing, 2, "inputs.files.path", "exists");
        Files.move(folder.resolve("elsewhere"), fixture.input());
        completesOn("resume", "bad", "--code", "src");
    }

    @Test
    void unreadableFile() throws Exception {
        Windrow windrow = windrow().asOrdinaryUser(folder);
        JobFixture fixture =
                job().field("mini_batch_error_threshold", "0")
                        .field("retry_settings", "{max_retries: 0}")
                        .script(
                                "def run(mini_batch):\n"
                                        + "    return [open(path).read() for path in mini_batch]\n");
        fixture.write();
        Path file = fixture.input().resolve("000/f00007");
        chmod(folder, "a+rwX", true);
        chmod(file, "000", false);
        Finished finished = windrow.run(fixture.folder(), "run", "job.yml", "-n", "bad");
        says(
                finished,
                4,
                "MINI_BATCH_THRESHOLD_EXCEEDED",
                "PermissionError",
                "f00007",
                "entry.py:2");
        chmod(file, "644", false);
        Finished mended = windrow.run(fixture.folder(), "resume", "bad");
        assertThat(mended.exit()).as(mended.out() + mended.err()).isZero();
        assertThat(Files.readAllLines(fixture.target())).hasSize(20);
    }

    private static void chmod(Path path, String mode, boolean deep) throws Exception {
        List<String> command =
                deep
                        ? List.of("chmod", "-R", mode, path.toString())
                        : List.of("chmod", mode, path.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void fullDisk() throws Exception {
        Path small = Files.createDirectories(folder.resolve("small"));
        Assumptions.assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", small.toString()),
                "a small file system can be mounted");
        try {
            JobFixture fixture = job();
            fixture.field("outputs", "{rows: {type: uri_file, path: ./out/rows.txt}}")
                    .script(
                            "def run(mini_batch):\n"
                                    + "    return ['x' * (1 << 20) for _ in mini_batch]\n");
            fixture.write();
            Windrow windrow = new Windrow(small.resolve("home"));
            Finished full = windrow.run(fixture.folder(), "run", "job.yml", "-n", "bad");
            assertThat(full.exit()).as(full.out() + full.err()).isIn(1, 4);
            assertThat(full.out() + full.err())
                    .containsIgnoringCase("full")
                    .contains("windrow resume bad")
                    .doesNotContain("\tat dev.windrow");
            assertThat(fixture.target()).doesNotExist();
            assertThat(command("mount", "-o", "remount,size=200m", small.toString())).isTrue();
            Finished mended = windrow.run(fixture.folder(), "resume", "bad");
            assertThat(mended.exit()).as(mended.out() + mended.err()).isZero();
            assertThat(Files.size(fixture.target())).isEqualTo(20L * ((1 << 20) + 1));
        } finally {
            command("umount", "-l", small.toString());
        }
    }

    private static boolean command(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void outputThatLeavesItsFolder() throws IOException {
        JobFixture fixture = job();
        fixture.field(
                "outputs",
                "{rows: {type: uri_file, path: \"azureml://datastores/d/paths/../../../x.txt\"}}");
        fixture.write();
        says(run(fixture), 2, "outputs.rows.path", "..", "expected");
        fixture.field("outputs", "{rows: {type: uri_file, path: ./out/rows.txt}}").write();
        completesOn("run", "job.yml", "-n", "bad");
    }

    @Test
    void oneFileAsInputToBeSplit() throws IOException {
        JobFixture fixture = job();
        fixture.field("inputs", "{files: {type: uri_file, path: ./in/000/f00001}}");
        fixture.write();
        says(run(fixture), 2, "input_data", "uri_file", "type: mltable", "- file:");
        fixture.field("inputs", "{files: {type: uri_folder, path: ./in}}").write();
        completesOn("run", "job.yml", "-n", "bad");
    }

    @Test
    void twoOwnersOfOneJob() throws Exception {
        Path gate = folder.resolve("gate");
        JobFixture fixture =
                job().script(
                                "import os, time\n"
                                        + "def run(mini_batch):\n"
                                        + "    while not os.path.exists(%s): time.sleep(0.01)\n"
                                                .formatted("'" + gate + "'")
                                        + "    return list(mini_batch)\n");
        fixture.write();
        Process first =
                windrow()
                        .start(
                                fixture.folder(),
                                folder.resolve("first.out"),
                                folder.resolve("first.err"),
                                "run",
                                "job.yml",
                                "-n",
                                "bad");
        Path segments = folder.resolve("home/jobs/bad/logs/user");
        while (first.isAlive() && !Files.exists(segments)) {
            Thread.onSpinWait();
        }
        Finished second = run(fixture);
        says(second, 2, "bad", Long.toString(first.pid()), "one owner");
        Finished resumed = windrow().run(fixture.folder(), "resume", "bad");
        says(resumed, 2, Long.toString(first.pid()));
        Files.createFile(gate);
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        completesOn("resume", "bad");
    }

    @Test
    void aPythonThatCannotRunTheHarness() throws IOException {
        JobFixture fixture = job();
        fixture.write();
        Finished finished =
                windrow()
                        .run(
                                fixture.folder(),
                                "run",
                                "job.yml",
                                "-n",
                                "bad",
                                "--python",
                                "/bin/true");
        says(finished, 4, "NO_PYTHON", "/bin/true", "3.8");
        completesOn("resume", "bad", "--python", "python3");
    }
}
