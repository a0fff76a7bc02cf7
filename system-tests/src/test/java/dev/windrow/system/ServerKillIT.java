package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A server that is killed again and again under agents that live on. {@code
 * -Dwindrow.server-kills=20 -Dwindrow.server-mini-batches=10000} make it longer.
 */
@Isolated
final class ServerKillIT {

    private static final int KILLS = Integer.getInteger("windrow.server-kills", 4);
    private static final int MINI_BATCHES =
            Integer.getInteger("windrow.server-mini-batches", 1_200);
    private static final long SEED = Long.getLong("windrow.seed", 20_261_122);
    private static final long LOOK_NANOS = 5_000_000;

    private static final String SCRIPT =
            """
            import os, threading, time
            LOG = os.environ["RUN_LOG"]
            def run(mini_batch, context):
                log = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
                os.write(log, b"%d %d\\n" % (context.minibatch_index, time.time() * 1000))
                os.close(log)
                threading.Event().wait(0.02)
                return [open(path).read() for path in mini_batch]
            """;

    @TempDir Path folder;

    private Windrow windrow;
    private ServerProcess server;
    private Path log;

    @BeforeEach
    void setUp() throws IOException {
        log = folder.resolve("runs.log");
        windrow = new Windrow(folder.resolve("home")).with("RUN_LOG", log.toString());
        server = ServerProcess.start(windrow, folder);
    }

    @AfterEach
    void tearDown() throws Exception {
        server.killWithAgents(windrow.home());
    }

    /** One line of the script's log. */
    private record Begun(int index, long millis) {}

    @Test
    void nothingIsLostAndNothingRunsTwiceAndTheAgentsStayTheSame() throws Exception {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), MINI_BATCHES);
        Path file =
                fixture.script(SCRIPT)
                        .field("mini_batch_size", "\"1\"")
                        .field("max_concurrency_per_instance", "2")
                        .write();
        Finished made =
                windrow.run(
                        folder,
                        "job",
                        "create",
                        file.toString(),
                        "-n",
                        "killed",
                        "--instances",
                        "2",
                        "--server",
                        server.url());
        assertThat(made.exit()).as(made.err()).isZero();
        Random random = new Random(SEED);
        List<Long> pauses = new ArrayList<>();
        List<Long> agents = List.of();
        for (int kill = 1; kill <= KILLS; kill++) {
            int part = MINI_BATCHES / (KILLS + 1);
            awaitBegun(part * (kill - 1) + 10 + random.nextInt(part - 10));
            List<Long> now = agents();
            assertThat(now).as("agents").hasSize(2);
            assertThat(now).isEqualTo(kill == 1 ? now : agents);
            agents = now;
            pauses.add(killAndGoOn());
        }
        Finished watched = windrow.run(folder, "job", "stream", "killed", "--server", server.url());
        assertThat(watched.exit()).as(watched.err()).isZero();
        System.out.printf(
                "%d kills, seed %d: dispatch again after %s ms, counted from the server's start%n",
                KILLS, SEED, pauses);
        checkEnd(fixture, watched);
    }

    private void checkEnd(JobFixture fixture, Finished watched) throws IOException {
        assertThat(watched.out())
                .contains("%,d of %,d ok, 0 failed".formatted(MINI_BATCHES, MINI_BATCHES));
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < MINI_BATCHES; i++) {
            wanted.add("f%05d".formatted(i));
        }
        assertThat(Files.readAllLines(fixture.target())).isEqualTo(wanted);
        Map<Integer, Integer> runs = new HashMap<>();
        begun().forEach(one -> runs.merge(one.index(), 1, Integer::sum));
        assertThat(runs).hasSize(MINI_BATCHES);
        assertThat(runs.values()).as("runs of one mini-batch").containsOnly(1);
        Path result = windrow.jobFolder("killed").resolve("logs/job_result.txt");
        assertThat(result)
                .content()
                .containsPattern("\\b%s attempts;".formatted(grouped(MINI_BATCHES)));
    }

    /** As a pattern, because the sign between thousands is a matter of taste. */
    private static String grouped(int number) {
        return "%,d".formatted(number).replace(",", "\\D");
    }

    /** Returns how long the next server took from its start to the first new mini-batch. */
    private long killAndGoOn() throws Exception {
        int port = server.port();
        server.kill();
        BitSet committed = committed();
        int before = begun().size();
        long start = System.currentTimeMillis();
        server = ServerProcess.start(windrow, folder, port);
        awaitBegun(before + 1);
        // What the agents still held may begin while no server is there.
        long first =
                begun().stream()
                        .skip(before)
                        .mapToLong(Begun::millis)
                        .filter(at -> at >= start)
                        .min()
                        .orElseThrow();
        begun().stream()
                .skip(before)
                .forEach(one ->
                        assertThat(committed.get(one.index()))
                                .as("mini-batch %d is begun again", one.index())
                                .isFalse());
        return first - start;
    }

    private List<Long> agents() throws IOException {
        return ServerProcess.agents(windrow.home()).stream().map(ProcessHandle::pid).toList();
    }

    private void awaitBegun(int count) throws IOException {
        while (begun().size() < count) {
            LockSupport.parkNanos(LOOK_NANOS);
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    private List<Begun> begun() throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        return Files.readString(log)
                .lines()
                .map(line -> line.split(" "))
                .map(words -> new Begun(Integer.parseInt(words[0]), Long.parseLong(words[1])))
                .toList();
    }

    private BitSet committed() throws SQLException {
        try (LedgerView view = LedgerView.open(windrow.jobFolder("killed").resolve("ledger.db"))) {
            return view.committed();
        }
    }
}
