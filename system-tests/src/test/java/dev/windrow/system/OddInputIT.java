package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Input and scripts that are odd, and have to work. */
@Execution(ExecutionMode.CONCURRENT)
final class OddInputIT {

    private static final int ONE_GIB_OF_ROWS = 1_024;

    @TempDir Path folder;

    private Finished run(JobFixture fixture) {
        fixture.write();
        return new Windrow(folder.resolve("home"))
                .run(fixture.folder(), "run", "job.yml", "-n", "odd", "--json");
    }

    private static JsonReport completed(Finished finished) {
        assertThat(finished.exit()).as(finished.out() + finished.err()).isZero();
        JsonReport report = JsonReport.of(finished);
        assertThat(report.status()).isEqualTo("Completed");
        assertThat(report.miniBatches("failed")).isZero();
        return report;
    }

    /** Runs a Python program, for what Java's own paths cannot express. */
    private static void python(Path folder, String program) throws Exception {
        Process process =
                new ProcessBuilder("python3", "-c", program)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void namesMayHoldBlanksNewlinesQuotesAndBytesThatAreNoText() throws Exception {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 0);
        Files.createDirectories(fixture.input());
        python(
                fixture.input(),
                """
                for name in [b'a b', b'new\\nline', b'qu"ote', b"ap'os", b'\\xff\\xfe', b'tab\\t',
                             b' lead', b'trail ', b'-dash', b'$HOME', b'\\xc3\\xa4', b'back\\\\slash']:
                    with open(name, 'wb') as f:
                        f.write(name)
                """);
        fixture.field("mini_batch_size", "\"3\"")
                .script(
                        """
                        import os
                        def run(mini_batch):
                            rows = []
                            for path in mini_batch:
                                with open(path, "rb") as f:
                                    assert f.read() == os.path.basename(os.fsencode(path))
                                rows.append(os.fsencode(path).hex())
                            return rows
                        """);
        JsonReport report = completed(run(fixture));
        assertThat(report.items("succeeded")).isEqualTo(12);
        assertThat(Files.readAllLines(fixture.target()))
                .hasSize(12)
                .anyMatch(r -> r.contains("fffe"));
    }

    @Test
    void oneMiniBatchMayHoldAHundredThousandFiles() throws Exception {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 0);
        Files.createDirectories(fixture.input());
        python(
                fixture.input(),
                "for i in range(100000): open('file-with-a-rather-long-name-%06d' % i, 'w').close()");
        fixture.field("mini_batch_size", "\"100000\"")
                .script("def run(mini_batch):\n    return [len(mini_batch)] * len(mini_batch)\n");
        JsonReport report = completed(run(fixture));
        assertThat(report.miniBatches("total")).isEqualTo(1);
        assertThat(report.items("succeeded")).isEqualTo(100_000);
        assertThat(Files.readAllLines(fixture.target())).hasSize(100_000).containsOnly("100000");
    }

    @Test
    void anMlTableMayListAMillionLines() throws Exception {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 1_000);
        python(
                fixture.folder(),
                """
                import os
                with open("in/MLTable", "w") as f:
                    f.write("type: mltable\\npaths:\\n")
                    for i in range(1000000):
                        f.write("  - file: ./000/f%05d\\n" % (i % 1000))
                """);
        fixture.field("inputs", "{files: {type: mltable, path: ./in}}")
                .field("mini_batch_size", "\"100\"");
        JsonReport report = completed(run(fixture));
        assertThat(report.items("total")).isEqualTo(1_000);
    }

    @Test
    void aMillionRowsMayComeBackFromOneCall() throws IOException {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 1);
        fixture.script("def run(mini_batch):\n    return range(1000000)\n");
        completed(run(fixture));
        try (var lines = Files.lines(fixture.target())) {
            assertThat(lines.count()).isEqualTo(1_000_000);
        }
    }

    @Test
    void aReturnValueOfAGigabyteGoesThrough() throws IOException {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 1);
        fixture.field("retry_settings", "{timeout: 200}")
                .script(
                        "def run(mini_batch):\n    row = 'x' * (1024 * 1024 - 1)\n    return [row] * "
                                + ONE_GIB_OF_ROWS
                                + "\n");
        completed(run(fixture));
        assertThat(Files.size(fixture.target())).isEqualTo(1L << 30);
    }

    @Test
    void aScriptMayPrintALotCloseItsOutputForkAndStartThreads() throws IOException {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 40);
        fixture.field("mini_batch_size", "\"10\"")
                .script(
                        """
                        import os, sys, threading
                        def run(mini_batch, context):
                            index = context.minibatch_index
                            if index == 0:
                                line = "x" * 1023
                                for _ in range(200000):
                                    print(line)
                            if index == 1:
                                sys.stdout.close()
                                os.close(1)
                            if index == 2:
                                if os.fork() == 0:
                                    return ["from the child"]
                            if index == 3:
                                threading.Thread(target=threading.Event().wait, daemon=True).start()
                            return [os.path.basename(path) for path in mini_batch]
                        """);
        completed(run(fixture));
        assertThat(Files.readAllLines(fixture.target()))
                .hasSize(40)
                .doesNotContain("from the child");
        try (var logs = Files.walk(folder.resolve("home/jobs/odd/logs"))) {
            long bytes = logs.filter(Files::isRegularFile).mapToLong(OddInputIT::size).sum();
            assertThat(bytes).as("kept output").isLessThan(80L << 20);
        }
    }

    @Test
    void whatWasPrintedBeforeACrashIsInTheLog() throws IOException {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 1);
        fixture.field("retry_settings", "{max_retries: 0}")
                .field("max_concurrency_per_instance", "1")
                .script(
                        """
                        import os

                        def run(mini_batch):
                            print("the last line")
                            os.kill(os.getpid(), 11)
                        """);
        assertThat(run(fixture).exit()).isEqualTo(4);
        Path stdout = folder.resolve("home/jobs/odd/logs/user/stdout/0");
        assertThat(stdout.resolve("process000.stdout.txt")).hasContent("the last line");
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void anEmptyFolderCompletesWithNothingToDo() {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 0).withoutAppending();
        assertThat(fixture.input().toFile().mkdirs()).isTrue();
        JsonReport report = completed(run(fixture));
        assertThat(report.miniBatches("total")).isZero();
    }

    @Test
    void anEmptyFolderFailsWhenRowsAreWanted() {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 0);
        assertThat(fixture.input().toFile().mkdirs()).isTrue();
        Finished finished = run(fixture);
        assertThat(finished.exit()).isEqualTo(4);
        assertThat(JsonReport.of(finished).reason()).isEqualTo("NO_RESULT_TO_APPEND");
    }

    @Test
    void aRowKeepsItsBytesWhateverTheyAre() throws IOException {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 1);
        fixture.script(
                "def run(mini_batch):\n    return ['\\u00e4\\u20ac\\U0001f600', 'tab\\there', '']\n");
        completed(run(fixture));
        assertThat(Files.readString(fixture.target(), StandardCharsets.UTF_8))
                .isEqualTo("ä€😀\ntab\there\n\n");
    }
}
