package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.cli.Command.Ended;
import dev.windrow.cli.Command.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as users run it: real processes, real Python. */
final class CommandTest {

    private static final String GOOD =
            "import os\ndef run(mini_batch):\n    return [os.path.basename(f) for f in mini_batch]\n";

    /** Every seventh file is bad. */
    private static final String SOME_BAD =
            """
            import os
            def run(mini_batch):
                name = os.path.basename(mini_batch[0])
                if int(name[1:]) % 7 == 3:
                    raise ValueError("bad file " + name)
                return [name]
            """;

    /** Waits for as long as a file is there; says that it has begun by another. */
    private static final String HELD =
            """
            import os, time
            here = os.environ["HERE"]
            def run(mini_batch):
                name = os.path.basename(mini_batch[0])
                if int(name[1:]) >= 10:
                    open(here + "/begun", "w").close()
                    while os.path.exists(here + "/hold"):
                        time.sleep(0.01)
                return [name]
            """;

    @TempDir Path folder;

    private Command windrow;

    @BeforeEach
    void setUp() {
        windrow = new Command(folder).with("HERE", folder.toString());
    }

    @Test
    void aCompletedJobExitsWithZeroAndItsSummaryComesAgainFromAnywhere() throws Exception {
        Example job = Example.of(folder.resolve("job"), 20, GOOD);
        Ended first = windrow.run("run", "job/job.yml", "-n", "one", "--quiet");
        assertThat(first.exit()).as(first.said()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.out().lines())
                .contains("Completed  one", "  mini-batches  20 of 20 ok, 0 failed")
                .contains("  output        rows  " + job.rows());
        assertThat(Files.readAllLines(job.rows())).hasSize(20).first().isEqualTo("f000");
        String summary = first.out().lines().filter(l -> !l.contains("time  ")).toList().toString();
        for (String verb : new String[] {"resume", "show"}) {
            Ended again = windrow.run(verb, "one");
            assertThat(again.exit()).as(again.said()).isZero();
            assertThat(again.out()).contains("20 of 20 ok").contains(job.rows().toString());
        }
        Ended same = windrow.run("run", "job/job.yml", "-n", "one");
        assertThat(same.exit()).as(same.said()).isZero();
        assertThat(same.err()).contains("one has ended before; nothing was run");
        assertThat(same.out().lines().filter(l -> !l.contains("time  ")).toList())
                .hasToString(summary);
        job.script(GOOD + "# changed\n");
        Ended other = windrow.run("run", "job/job.yml", "-n", "one");
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).contains("first difference: code");
        Ended field =
                windrow.run(
                        "run", "job/job.yml", "-n", "one", "--set", "mini_batch_size=2", "--json");
        assertThat(field.exit()).isEqualTo(2);
        assertThat(field.out())
                .contains("\"code\":\"JOB_CONFLICT\"", "first difference: mini_batch_size:");
    }

    @Test
    void failuresThatAreAllowedAreToldAndCountOnRequest() throws Exception {
        Example.of(folder, 20, SOME_BAD);
        Ended allowed = windrow.run("run", "job.yml", "-n", "bad", "--json");
        assertThat(allowed.exit()).as(allowed.said()).isZero();
        assertThat(allowed.out())
                .contains("\"status\":\"Completed\"", "\"succeeded\":17,\"failed\":3");
        Ended counted = windrow.run("resume", "bad", "--fail-on-error");
        assertThat(counted.exit()).isEqualTo(4);
        assertThat(counted.out().strip().lines().toList())
                .last()
                .asString()
                .contains("3 mini-batches and 3 items failed, which is allowed");
    }

    @Test
    void aFailedJobGoesOnWithMendedCode() throws Exception {
        Example job = Example.of(folder.resolve("job"), 30, SOME_BAD);
        Ended failed =
                windrow.run(
                        "run", "job/job.yml", "-n", "f", "--set", "mini_batch_error_threshold=1");
        assertThat(failed.exit()).as(failed.said()).isEqualTo(4);
        assertThat(failed.out())
                .contains("reason        MINI_BATCH_THRESHOLD_EXCEEDED")
                .contains(
                        "first failure mini-batch ", "ValueError: bad file f0", "entry.py:5: raise")
                .contains("rows.txt.partial-f", "windrow resume f --code FOLDER");
        assertThat(failed.err()).contains("command line  mini_batch_error_threshold 1");
        assertThat(job.rows()).doesNotExist();
        Files.createDirectories(folder.resolve("mended"));
        Files.writeString(folder.resolve("mended/entry.py"), GOOD);
        Ended mended = windrow.run("resume", "f", "--code", "mended", "--json");
        assertThat(mended.exit()).as(mended.said()).isZero();
        assertThat(mended.out()).contains("\"succeeded\":30,\"failed\":0");
        assertThat(Files.readAllLines(job.rows())).hasSize(30).doesNotHaveDuplicates();
        assertThat(folder.resolve("job/out/rows.txt.partial-f")).doesNotExist();
    }

    @Test
    void ctrlCCancelsAndASecondOneKillsAndBothCanGoOn() throws Exception {
        Example job = Example.of(folder, 20, HELD);
        Files.createFile(folder.resolve("hold"));
        Started first = windrow.start("run", "job.yml", "-n", "c");
        await(folder.resolve("begun"));
        Ended elsewhere = windrow.run("resume", "c");
        assertThat(elsewhere.exit()).isEqualTo(2);
        assertThat(elsewhere.err()).contains("is being run by process " + first.process().pid());
        first.signal("INT");
        Ended canceled = first.end();
        assertThat(canceled.exit()).as(canceled.said()).isEqualTo(130);
        assertThat(canceled.err()).contains("Ctrl-C: stopping the workers");
        assertThat(canceled.out())
                .contains("Canceled  c", "reason        CANCELED: canceled by Ctrl-C");
        assertThat(windrow.run("run", "job.yml", "-n", "c", "--quiet").exit()).isEqualTo(5);
        Files.delete(folder.resolve("begun"));
        Started second = windrow.start("resume", "c", "--quiet");
        await(folder.resolve("begun"));
        second.process().destroyForcibly();
        assertThat(second.end().exit()).isEqualTo(137);
        assertThat(windrow.run("list").out())
                .contains("Running")
                .contains("nobody: windrow resume");
        Files.delete(folder.resolve("hold"));
        Ended last = windrow.run("run", "job.yml", "-n", "c", "--json");
        assertThat(last.exit()).as(last.said()).isZero();
        assertThat(Files.readAllLines(job.rows())).hasSize(20).isSorted();
    }

    private static void await(Path file) {
        Instant limit = Instant.now().plus(Duration.ofSeconds(60));
        while (!Files.exists(file)) {
            assertThat(Instant.now()).as("waiting for " + file).isBefore(limit);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void mistakesAreToldTogetherWithTheirPlaces() throws Exception {
        Example.of(folder, 1, GOOD);
        String yaml = Files.readString(folder.resolve("job.yml"));
        Files.writeString(
                folder.resolve("bad.yml"),
                yaml.replace("instance: 2", "instance: many")
                        .replace("inputs.files", "inputs.file"));
        Ended told = windrow.run("run", "bad.yml");
        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.out()).isEmpty();
        assertThat(told.err().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("windrow: bad.yml:6:13: input_data: ");
        assertThat(told.err()).contains("bad.yml:8:31: max_concurrency_per_instance: many");
        assertThat(windrow.home()).doesNotExist();
        Ended json = windrow.run("validate", "bad.yml", "--json");
        assertThat(json.exit()).isEqualTo(2);
        assertThat(json.out())
                .startsWith("{\"errors\":[{\"code\":\"UNKNOWN_REFERENCE\"")
                .contains("\"line\":8,\"column\":31,\"value\":\"many\"");
        Ended valid = windrow.run("validate", "job.yml");
        assertThat(valid.exit()).as(valid.said()).isZero();
        assertThat(valid.out())
                .contains("job file      mini_batch_size 1, max_concurrency_per_instance 2");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        for (String verb : new String[] {"resume", "show", "logs", "dump"}) {
            Ended ended = windrow.run(verb, "nobody");
            assertThat(ended.exit()).as(ended.said()).isEqualTo(3);
            assertThat(ended.err()).startsWith("windrow: job: nobody (expected: ").hasLineCount(1);
        }
        Ended file = windrow.run("run", "none.yml", "--json");
        assertThat(file.exit()).isEqualTo(2);
        assertThat(file.out()).contains("FILE_NOT_FOUND", "none.yml: no such file");
        Ended option = windrow.run("run", "--instnces", "3");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err())
                .startsWith("windrow: --instnces: no such option (expected: ")
                .contains("did you mean --instances?")
                .hasLineCount(1);
    }

    @Test
    void dumpGivesTheSameJobFromAnotherFolderAndPruneTakesEndedOnes() throws Exception {
        Example job = Example.of(folder.resolve("job"), 5, GOOD);
        Ended run =
                windrow.run(
                        "run", "job/job.yml", "-n", "d", "--quiet", "--set", "mini_batch_size=2");
        assertThat(run.exit()).as(run.said()).isZero();
        Files.createDirectories(folder.resolve("deep/er"));
        assertThat(windrow.run("dump", "d", "deep/er/again.yml").exit()).isZero();
        Ended refused = windrow.run("dump", "d", "deep/er/again.yml");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("or --overwrite");
        assertThat(Files.readString(folder.resolve("deep/er/again.yml")))
                .contains("path: ../../job/in", "mini_batch_size: \"2\"");
        Ended same = windrow.run("run", "deep/er/again.yml", "-n", "d", "--quiet");
        assertThat(same.exit()).as(same.said()).isZero();
        assertThat(windrow.run("dump", "d").out()).contains("path: ./job/in");
        assertThat(windrow.run("prune").out()).isEqualTo("removed 0 jobs, 0 B\n");
        assertThat(windrow.run("prune", "--older-than", "0s", "--dry-run").out())
                .contains("d  Completed  ", "would remove 1 job, ");
        assertThat(windrow.run("prune", "--older-than", "0s").out()).contains("removed 1 job, ");
        assertThat(windrow.home().resolve("jobs")).isEmptyDirectory();
        assertThat(job.rows()).exists();
    }

    @Test
    void theLiveViewIsRedrawnInPlaceAndLeavesOnlyTheSummary()
            throws IOException, InterruptedException {
        Example.of(
                folder,
                40,
                "import time\ndef run(mini_batch):\n    time.sleep(0.03)\n    return mini_batch\n");
        windrow.with("TERM", "xterm");
        Ended ended = windrow.onTerminal(40, "run", "job.yml", "-n", "live");
        assertThat(ended.exit()).as(ended.said()).isZero();
        String said = ended.out();
        assertThat(said).contains("\u001b[4A\r", "Running", "of 40", "ok ", "2/2 busy");
        assertThat(said.substring(said.lastIndexOf("\u001b[J")))
                .contains("Completed", "40 of 40 ok")
                .doesNotContain("\u001b[4A");
        windrow.with("NO_COLOR", "1");
        Ended plain = windrow.onTerminal(80, "show", "live");
        assertThat(plain.exit()).isZero();
        assertThat(plain.out()).contains("Completed  live").doesNotContain("\u001b");
    }
}
