package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.LedgerView.Moment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Kills a running job with {@code kill -9} at moments placed by watching its ledger, runs it again
 * under the same name, and holds what comes out against what must come out.
 */
@Isolated
final class KillIT {

    private static final int FILES = 4_000;
    private static final int PER_MINI_BATCH = 10;
    private static final int MINI_BATCHES = FILES / PER_MINI_BATCH;
    private static final int HITS_WANTED = Integer.getInteger("windrow.kills", 30);
    private static final int TRIALS_MAX = 8 * HITS_WANTED;
    private static final int ANYWHERE = 10;
    private static final long LOOK_NANOS = 200_000;

    private static final long WORKER_END_SECONDS_MAX = 2;

    private static final long SEED = Long.getLong("windrow.seed", 20_261_122L);

    private static final String SCRIPT =
            """
            import os
            LOG = os.environ["RUN_LOG"]
            def run(mini_batch, context):
                log = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
                os.write(log, b"%d\\n" % context.minibatch_index)
                os.close(log)
                return [open(path).read() for path in mini_batch]
            """;

    /** When a kill struck, by what the ledger and the target said afterwards. */
    private enum Struck {
        BEFORE_PLAN,
        PLAN,
        PROCESS,
        FINALIZE,
        BETWEEN_RENAME_AND_COMPLETED,
        TOO_LATE
    }

    private enum Victim {
        WHOLE_GROUP,
        ENGINE_ALONE,
        /** The job goes on by itself. */
        ONE_WORKER
    }

    private final Random random = new Random(SEED);
    private final Map<Struck, Integer> histogram = new EnumMap<>(Struck.class);
    private final Map<Victim, Integer> victims = new EnumMap<>(Victim.class);
    private int again;
    private long slowestEndNanos;

    @TempDir Path folder;

    @Test
    void everyKillLeavesAJobThatGoesOnAndGivesTheSameBytes() throws Exception {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), FILES);
        fixture.script(SCRIPT)
                .field("mini_batch_size", "\"" + PER_MINI_BATCH + "\"")
                .field("max_concurrency_per_instance", "2")
                .write();
        int trials = 0;
        while (!enough() && trials < TRIALS_MAX) {
            trial(fixture, trials++);
        }
        for (int i = 0; i < ANYWHERE; i++) {
            trialAnywhere(fixture, trials++);
        }
        System.out.printf(
                "kills (seed %d, %d jobs): %s; of %s; committed mini-batches run again: %d;"
                        + " slowest worker after its engine: %d ms%n",
                SEED,
                trials,
                histogram,
                victims,
                again,
                TimeUnit.NANOSECONDS.toMillis(slowestEndNanos));
        assertThat(again).as("committed mini-batches run again").isZero();
        assertThat(histogram)
                .as("kills in each phase, seed " + SEED)
                .satisfies(hits -> {
                    for (Struck phase : wanted()) {
                        assertThat(hits.getOrDefault(phase, 0))
                                .as(phase.name())
                                .isGreaterThanOrEqualTo(HITS_WANTED);
                    }
                });
    }

    private static List<Struck> wanted() {
        return List.of(
                Struck.PLAN, Struck.PROCESS, Struck.FINALIZE, Struck.BETWEEN_RENAME_AND_COMPLETED);
    }

    private boolean enough() {
        return wanted().stream().allMatch(one -> histogram.getOrDefault(one, 0) >= HITS_WANTED);
    }

    /** One job, killed once in every phase that still wants a kill, then left to end. */
    private void trial(JobFixture fixture, int number) throws Exception {
        Files.deleteIfExists(fixture.target());
        String name = "kill-" + number;
        Path log = folder.resolve(name + ".log");
        Windrow windrow = new Windrow(folder.resolve("home")).with("RUN_LOG", log.toString());
        Path ledger = windrow.jobFolder(name).resolve("ledger.db");
        BitSet committed = new BitSet();
        long read = 0;
        for (Struck aim : wanted()) {
            if (histogram.getOrDefault(aim, 0) >= HITS_WANTED) {
                continue;
            }
            Process process = start(windrow, fixture, name);
            waitFor(aim, process, ledger, fixture.target());
            kill(process, random.nextBoolean() ? Victim.WHOLE_GROUP : Victim.ENGINE_ALONE);
            histogram.merge(struck(ledger, fixture.target()), 1, Integer::sum);
            read = countAgain(log, read, committed);
            committed = committedIn(ledger);
        }
        endsWell(windrow, fixture, name, log, read, committed);
    }

    /** One job, killed at a moment that nobody placed; one of its workers is killed as well. */
    private void trialAnywhere(JobFixture fixture, int number) throws Exception {
        Files.deleteIfExists(fixture.target());
        String name = "kill-" + number;
        Path log = folder.resolve(name + ".log");
        Windrow windrow = new Windrow(folder.resolve("home")).with("RUN_LOG", log.toString());
        Path ledger = windrow.jobFolder(name).resolve("ledger.db");
        Process process = start(windrow, fixture, name);
        waitFor(Struck.PROCESS, process, ledger, fixture.target());
        killOneWorker(process);
        LockSupport.parkNanos(random.nextLong(400_000_000L));
        kill(process, Victim.WHOLE_GROUP);
        histogram.merge(struck(ledger, fixture.target()), 1, Integer::sum);
        long read = countAgain(log, 0, new BitSet());
        endsWell(windrow, fixture, name, log, read, committedIn(ledger));
    }

    private void killOneWorker(Process process) {
        process.descendants()
                .findFirst()
                .ifPresent(worker -> {
                    worker.destroyForcibly();
                    victims.merge(Victim.ONE_WORKER, 1, Integer::sum);
                });
    }

    private void endsWell(
            Windrow windrow, JobFixture fixture, String name, Path log, long read, BitSet committed)
            throws Exception {
        Path ledger = windrow.jobFolder(name).resolve("ledger.db");
        Process last = start(windrow, fixture, name);
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).as("ends: " + name).isTrue();
        assertThat(last.exitValue()).as(() -> errors(name)).isZero();
        countAgain(log, read, committed);
        assertThat(Files.readString(fixture.target())).isEqualTo(expected());
        try (LedgerView view = LedgerView.open(ledger)) {
            assertThat(view.now().status()).isEqualTo("Completed");
        }
    }

    private Process start(Windrow windrow, JobFixture fixture, String name) {
        return windrow.start(
                fixture.folder(),
                folder.resolve(name + ".out"),
                folder.resolve(name + ".err"),
                "run",
                "job.yml",
                "-n",
                name);
    }

    private String errors(String name) {
        try {
            return Files.readString(folder.resolve(name + ".err"));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String expected() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            rows.append("f%05d".formatted(i)).append('\n');
        }
        return rows.toString();
    }

    /** Returns when the moment has come, or when the process has ended before it. */
    private void waitFor(Struck aim, Process process, Path ledger, Path target)
            throws SQLException {
        int results = 1 + random.nextInt(MINI_BATCHES - 1);
        int chunks = random.nextInt(3);
        long pause = random.nextLong(aim == Struck.FINALIZE ? 30_000_000L : 300_000L);
        LedgerView view = null;
        try {
            while (process.isAlive()) {
                if (aim == Struck.BETWEEN_RENAME_AND_COMPLETED && Files.exists(target)) {
                    return;
                }
                view = view == null ? tryOpen(ledger) : view;
                Moment now = view == null ? Moment.NOTHING : view.now();
                if (reached(aim, now, chunks, results)) {
                    LockSupport.parkNanos(pause);
                    return;
                }
                // Only the rename is so soon followed by the end that nothing must be missed.
                if (now.results() < MINI_BATCHES) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            }
        } finally {
            if (view != null) {
                view.close();
            }
        }
    }

    private static boolean reached(Struck aim, Moment now, int chunks, int results) {
        return switch (aim) {
            case PLAN -> !now.status().isEmpty() && now.chunks() >= chunks;
            case PROCESS -> now.results() >= results;
            case FINALIZE -> now.results() == MINI_BATCHES;
            case BEFORE_PLAN, BETWEEN_RENAME_AND_COMPLETED, TOO_LATE -> false;
        };
    }

    private static @Nullable LedgerView tryOpen(Path ledger) {
        try {
            LedgerView view = LedgerView.open(ledger);
            view.now();
            return view;
        } catch (SQLException e) {
            return null;
        }
    }

    private static Struck struck(Path ledger, Path target) throws SQLException {
        LedgerView view = tryOpen(ledger);
        if (view == null) {
            return Struck.BEFORE_PLAN;
        }
        try (view) {
            Moment now = view.now();
            if (now.status().isEmpty()) {
                return Struck.BEFORE_PLAN;
            }
            if (now.status().equals("Completed")) {
                return Struck.TOO_LATE;
            }
            if (!now.planComplete()) {
                return Struck.PLAN;
            }
            if (now.results() < MINI_BATCHES) {
                return Struck.PROCESS;
            }
            return Files.exists(target) ? Struck.BETWEEN_RENAME_AND_COMPLETED : Struck.FINALIZE;
        }
    }

    private void kill(Process process, Victim victim) throws InterruptedException {
        List<ProcessHandle> workers = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        victims.merge(victim, 1, Integer::sum);
        if (victim == Victim.WHOLE_GROUP) {
            workers.forEach(ProcessHandle::destroyForcibly);
        }
        process.waitFor();
        long begin = System.nanoTime();
        for (ProcessHandle worker : workers) {
            while (lives(worker)) {
                assertThat(System.nanoTime() - begin)
                        .as("a worker lives on after its engine: " + worker.info())
                        .isLessThan(TimeUnit.SECONDS.toNanos(WORKER_END_SECONDS_MAX));
                Thread.onSpinWait();
            }
        }
        slowestEndNanos = Math.max(slowestEndNanos, System.nanoTime() - begin);
    }

    /** A process that has ended and that nobody has waited for yet does not live any more. */
    private static boolean lives(ProcessHandle worker) {
        if (!worker.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(worker.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return worker.isAlive();
        }
    }

    private static BitSet committedIn(Path ledger) throws SQLException {
        LedgerView view = tryOpen(ledger);
        if (view == null) {
            return new BitSet();
        }
        try (view) {
            return view.committed();
        }
    }

    /** Counts runs, logged since the last look, of mini-batches that were committed before it. */
    private long countAgain(Path log, long read, BitSet committed) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        byte[] all = Files.readAllBytes(log);
        String fresh =
                new String(all, (int) read, all.length - (int) read, StandardCharsets.US_ASCII);
        for (String line : fresh.lines().toList()) {
            again += committed.get(Integer.parseInt(line)) ? 1 : 0;
        }
        return all.length;
    }
}
