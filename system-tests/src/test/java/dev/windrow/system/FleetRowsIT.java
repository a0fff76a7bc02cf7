package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The counting rows that need more than one instance. */
@Execution(ExecutionMode.CONCURRENT)
final class FleetRowsIT {

    @TempDir Path folder;

    private JobFixture job(String script) {
        return JobFixture.withFiles(folder.resolve("job"), 100)
                .script(script)
                .field("mini_batch_size", "\"10\"")
                .field("retry_settings", "{max_retries: 2, timeout: 60}")
                .field("error_threshold", "0")
                .field("mini_batch_error_threshold", "0")
                .argument("--allowed_failed_percent 0");
    }

    @Test
    void row21AnAgentLostWithFourMiniBatchesCostsNothing() throws Exception {
        Path gate = folder.resolve("gate");
        Path begun = Files.createDirectories(folder.resolve("begun"));
        String script =
                """
                import os, time
                def run(mini_batch, context):
                    open(os.path.join(%s, "%%d-%%d" %% (context.minibatch_index, os.getpid())), "w").close()
                    while not os.path.exists(%s): time.sleep(0.01)
                    return [os.path.basename(path) for path in mini_batch]
                """
                        .formatted("'" + begun + "'", "'" + gate + "'");
        JobFixture fixture = job(script).field("max_concurrency_per_instance", "4");
        fixture.write();
        Path out = folder.resolve("out.json");
        Process engine =
                new Windrow(folder.resolve("home"))
                        .start(
                                fixture.folder(),
                                out,
                                folder.resolve("err.txt"),
                                "run",
                                "job.yml",
                                "-n",
                                "row",
                                "--json",
                                "--instances",
                                "2");
        while (engine.isAlive() && begunCount(begun) < 8) {
            Thread.onSpinWait();
        }
        ProcessHandle agent = agents(engine).getFirst();
        assertThat(agent.children().count()).as("its workers, each with a mini-batch").isEqualTo(4);
        agent.destroyForcibly();
        Files.createFile(gate);
        assertThat(engine.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.exitValue()).as(Files.readString(folder.resolve("err.txt"))).isZero();
        JsonReport report = JsonReport.of(new Finished(0, Files.readString(out), "see err.txt"));
        assertThat(report.status()).isEqualTo("Completed");
        assertThat(report.miniBatches("failed")).isZero();
        assertThat(report.miniBatches("attempts")).as("no user retry").isEqualTo(10);
        assertThat(Files.readAllLines(fixture.target())).hasSize(100).doesNotHaveDuplicates();
        assertThat(begunCount(begun)).as("the lost four were delivered again").isEqualTo(14);
    }

    private static long begunCount(Path begun) throws Exception {
        try (var files = Files.list(begun)) {
            return files.count();
        }
    }

    /** Child processes that are agents: those that have workers. */
    private static List<ProcessHandle> agents(Process engine) {
        return engine.toHandle().children().filter(one -> one.children().count() > 0).toList();
    }

    @Test
    void row22InitFailingEverywhereEndsTheJobAfterTwoMinutes() throws Exception {
        Path log = folder.resolve("init.log");
        String script =
                """
                import os
                def init():
                    log = os.open(%s, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
                    os.write(log, b"failed\\n")
                    raise ValueError("never")
                def run(mini_batch):
                    return list(mini_batch)
                """
                        .formatted("'" + log + "'");
        JobFixture fixture = job(script).field("max_concurrency_per_instance", "2");
        fixture.write();
        Finished finished =
                new Windrow(folder.resolve("home"))
                        .run(
                                fixture.folder(),
                                "run",
                                "job.yml",
                                "-n",
                                "row",
                                "--json",
                                "--instances",
                                "2");
        JsonReport report = JsonReport.of(finished);
        assertThat(finished.exit()).as(finished.err()).isEqualTo(4);
        assertThat(report.status()).isEqualTo("Failed");
        assertThat(report.reason()).isEqualTo("INIT_FAILED");
        assertThat(report.message()).contains("ValueError: never");
        assertThat(report.root().path("seconds").asDouble()).isGreaterThan(120);
        assertThat(Files.readAllLines(log)).as("6 on each of 2 instances").hasSize(12);
        assertThat(report.miniBatches("attempts")).isZero();
    }
}
