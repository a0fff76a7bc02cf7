package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.LedgerView.Moment;
import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own, and the verbs that speak to it. */
final class ServerIT {

    private static final int FILES = 3_000;
    private static final long LOOK_NANOS = 200_000;

    private static final String LOGGING =
            """
            import os, threading
            LOG = os.environ["RUN_LOG"]
            def run(mini_batch, context):
                # The second half is for the next server.
                while context.minibatch_index >= 1500 and not os.path.exists(LOG + ".go"):
                    threading.Event().wait(0.01)
                log = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
                os.write(log, b"%d\\n" % context.minibatch_index)
                os.close(log)
                return [open(path).read() for path in mini_batch]
            """;

    private static final String ENDLESS =
            """
            import threading
            def run(mini_batch):
                threading.Event().wait()
            """;

    @TempDir Path folder;

    private Windrow windrow;
    private ServerProcess server;

    @BeforeEach
    void setUp() throws IOException {
        windrow =
                new Windrow(folder.resolve("home"))
                        .with("RUN_LOG", folder.resolve("runs.log").toString());
        server = ServerProcess.start(windrow, folder);
    }

    @AfterEach
    void tearDown() throws Exception {
        server.killWithAgents(windrow.home());
    }

    private Finished job(String... words) {
        return windrow.job(folder, server, words);
    }

    private Path example(String name) throws IOException {
        Path from = Windrow.repository().resolve("examples").resolve("01-word-count");
        Path to = folder.resolve(name);
        try (var tree = Files.walk(from)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                if (!target.startsWith(to.resolve("out"))) {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }

    @Test
    void aJobWithoutAPythonEndsByWhatWasLookedFor() throws IOException {
        String file = example("here").resolve("job.yml").toString();
        Finished none = job("create", file, "--python", "/nowhere/python", "--stream");
        assertThat(none.exit()).as(none.err()).isEqualTo(4);
        assertThat(none.out()).contains("NO_PYTHON", "--python: /nowhere/python is not there");
    }

    @Test
    void aJobOnAServerMakesTheBytesThatARunMakes() throws Exception {
        Path here = example("here");
        Path there = example("there");
        Finished run = windrow.run(folder, "run", here.resolve("job.yml").toString());
        assertThat(run.exit()).as(run.err()).isZero();
        Finished made = job("create", there.resolve("job.yml").toString(), "-n", "one", "--stream");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out())
                .startsWith("Completed  one\n")
                .contains("  mini-batches  5 of 5 ok, 0 failed\n");
        Path downloads = folder.resolve("downloads");
        Finished brought =
                job("download", "one", "--output-name", "counts", "-p", downloads.toString());
        assertThat(brought.exit()).as(brought.err()).isZero();
        byte[] wanted = Files.readAllBytes(here.resolve("out/counts.txt"));
        assertThat(there.resolve("out/counts.txt")).hasBinaryContent(wanted);
        assertThat(downloads.resolve("named-outputs/counts/counts.txt")).hasBinaryContent(wanted);

        Finished again =
                job("download", "one", "--output-name", "counts", "-p", downloads.toString());
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("--overwrite");
        assertThat(job("list", "-o", "tsv").out()).startsWith("one\tCompleted\t");
        assertThat(server.stop()).isZero();
        assertThat(server.err()).isEmptyFile();
    }

    @Test
    void aClusterThatCannotBeEnteredIsKeptAsFailedWithItsReason() {
        Finished attach =
                windrow.run(
                        folder,
                        "compute",
                        "attach",
                        "gpu",
                        "--resource-id",
                        "in-cluster",
                        "--server",
                        server.url());
        assertThat(attach.exit()).isEqualTo(1);
        assertThat(attach.err())
                .endsWith(
                        "windrow: gpu: Failed: resource_id: in-cluster (expected: a server that runs in a pod with an account of its own)\n");
        Finished listed =
                windrow.run(folder, "compute", "list", "-o", "tsv", "--server", server.url());
        assertThat(listed.out())
                .isEqualTo(
                        "gpu\tkubernetes\tFailed\tin-cluster\tdefault\nlocal\tlocal\tSucceeded\t\t\n");
    }

    @Test
    void aNameThatAnotherJobHasIsAConflict() throws Exception {
        Path file = example("there").resolve("job.yml");
        assertThat(job("create", file.toString(), "-n", "one", "--stream").exit()).isZero();
        assertThat(job("create", file.toString(), "-n", "one").exit()).isZero();
        Finished other = job("create", "-f", file.toString(), "-n", "one", "--set", "tags.a=b");
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).contains("one");
        Finished document =
                job(
                        "create",
                        file.toString(),
                        "-n",
                        "one",
                        "--set",
                        "mini_batch_size=1",
                        "-o",
                        "json");
        assertThat(document.exit()).isEqualTo(2);
        assertThat(document.out()).startsWith("{\"errors\":[{\"code\":\"JOB_CONFLICT\"");
    }

    @Test
    void cancelStopsAJobAndItsWatcherSaysSo() throws Exception {
        Path file = JobFixture.withFiles(folder.resolve("job"), 4).script(ENDLESS).write();
        Finished made = job("create", file.toString(), "-n", "endless");
        assertThat(made.exit()).as(made.err()).isZero();
        while (!job("show", "endless", "-o", "tsv").out().contains("\tRunning\t")) {
            assertThat(server.process().isAlive()).isTrue();
        }
        assertThat(job("list", "--status", "Running", "-o", "tsv").out()).startsWith("endless\t");
        assertThat(job("cancel", "-n", "endless").exit()).isZero();
        Finished watched = job("stream", "endless");
        assertThat(watched.exit()).as(watched.err()).isEqualTo(5);
        assertThat(watched.out()).startsWith("Canceled  endless\n");
        Finished late = job("cancel", "endless");
        assertThat(late.exit()).isEqualTo(2);
        assertThat(job("delete", "endless").exit()).isZero();
        assertThat(job("show", "endless").exit()).isEqualTo(3);
    }

    @Test
    void whereNobodyServesTheWayToStartIsTold() throws Exception {
        assertThat(server.stop()).isZero();
        Finished asked = job("list");
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.err())
                .isEqualTo(
                        "windrow: No server at %s. Start one: windrow server. Or run here: windrow run FILE\n"
                                .formatted(server.url()));
    }

    @Test
    void aHomeHasOneServerAndAPortHasOne() {
        Finished home = windrow.run(folder, "server", "--port", "0");
        assertThat(home.exit()).isEqualTo(2);
        assertThat(home.err()).contains("home: ");
        String port = server.url().substring(server.url().lastIndexOf(':') + 1);
        Finished taken =
                windrow.run(
                        folder,
                        "server",
                        "--port",
                        port,
                        "--home",
                        folder.resolve("other").toString());
        assertThat(taken.exit()).isEqualTo(2);
        assertThat(taken.err()).contains("port: " + port + " (expected: one that is free;");
        Finished open = windrow.run(folder, "server", "--bind", "0.0.0.0");
        assertThat(open.exit()).isEqualTo(2);
        assertThat(open.err()).contains("--allow-plain-http");
    }

    @Test
    void afterAKillTheNextServerGoesOnAndRunsNothingTwice() throws Exception {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), FILES);
        Path file =
                fixture.script(LOGGING)
                        .field("mini_batch_size", "\"1\"")
                        .field("max_concurrency_per_instance", "2")
                        .write();
        Finished made = job("create", file.toString(), "-n", "killed");
        assertThat(made.exit()).as(made.err()).isZero();
        awaitResults(FILES / 10);
        server.kill();
        Path log = folder.resolve("runs.log");
        BitSet committed = committed();
        assertThat(committed.cardinality()).isBetween(FILES / 10, FILES / 2);
        long before = Files.size(log);
        Files.createFile(folder.resolve("runs.log.go"));

        server = ServerProcess.start(windrow, folder);
        Finished watched = job("stream", "killed");
        assertThat(watched.exit()).as(watched.err()).isZero();
        BitSet again = new BitSet();
        // Workers of the killed server may still have written a line or two of what they had begun.
        Files.readString(log)
                .substring((int) before)
                .lines()
                .mapToInt(Integer::parseInt)
                .forEach(again::set);
        again.and(committed);
        assertThat(again.cardinality()).as("committed mini-batches run again").isZero();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            wanted.add("f%05d".formatted(i));
        }
        assertThat(Files.readAllLines(fixture.target())).isEqualTo(wanted);
    }

    private void awaitResults(int count) {
        int results = 0;
        while (results < count) {
            results = moment().results();
            LockSupport.parkNanos(LOOK_NANOS);
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    private Path ledger() {
        try (var tree = Files.walk(windrow.home())) {
            return tree.filter(path -> path.endsWith("killed/ledger.db"))
                    .findFirst()
                    .orElse(windrow.jobFolder("killed").resolve("ledger.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Moment moment() {
        try (LedgerView view = LedgerView.open(ledger())) {
            return view.now();
        } catch (SQLException _) {
            // Not there yet, or being made.
            return Moment.NOTHING;
        }
    }

    private BitSet committed() throws SQLException {
        try (LedgerView view = LedgerView.open(ledger())) {
            return view.committed();
        }
    }
}
