package dev.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testing.store.LedgerContents;
import dev.windrow.testing.store.LedgerRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteKillTest {

    private static final int KILLS = 20;
    private static final int GROUP = 250;

    @TempDir Path folder;

    @Test
    void keepsEachAcknowledgedGroupWholeHoweverOftenItsWriterIsKilled() throws Exception {
        Path ledger = folder.resolve("ledger.db");
        Random seeded = new Random(20_260_301);
        int acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged = Math.max(acknowledged, killed(ledger, seeded));
            try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
                List<Integer> indexes = LedgerContents.of(store, "job").resultIndexes();
                assertThat(indexes.size()).isGreaterThanOrEqualTo(acknowledged);
                assertThat(indexes.size() % GROUP).isZero();
                assertThat(indexes).isEqualTo(IntStream.range(0, indexes.size()).boxed().toList());
                assertThat(store.find("job").orElseThrow().epoch()).isEqualTo(kill + 1);
            }
        }
        assertThat(acknowledged).isGreaterThan(KILLS * GROUP);
    }

    @Test
    void opensALedgerWhoseMakerWasKilled() throws Exception {
        Random seeded = new Random(7);
        for (int kill = 0; kill < 8; kill++) {
            Path ledger = Files.createDirectory(folder.resolve("run" + kill)).resolve("ledger.db");
            Process child = LedgerChild.start(ledger, "job", 1, 1);
            while (child.isAlive() && Files.notExists(ledger)) {
                Thread.onSpinWait();
            }
            long end = System.nanoTime() + seeded.nextInt(8_000_000);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            child.destroyForcibly().onExit().join();
            try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
                LedgerRows.started(store, "job");
                assertThat(store.list(10)).hasSize(1);
            }
        }
    }

    /** Kills a writer some groups and some microseconds in; returns what it had acknowledged. */
    private static int killed(Path ledger, Random seeded) throws IOException {
        int groups = 1 + seeded.nextInt(40);
        long nanos = seeded.nextInt(3_000_000);
        Process child = LedgerChild.start(ledger, "job", GROUP, Integer.MAX_VALUE);
        int acknowledged = 0;
        try (BufferedReader lines = child.inputReader()) {
            for (int group = 0; group < groups; group++) {
                acknowledged = acknowledged(lines.readLine(), acknowledged);
            }
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            child.toHandle()
                    .destroyForcibly(); // unlike the child's own method, keeps the pipe open
            int before;
            do {
                before = acknowledged;
                acknowledged = acknowledged(lines.readLine(), acknowledged);
            } while (acknowledged > before);
        } finally {
            child.destroyForcibly().onExit().join();
        }
        return acknowledged;
    }

    private static int acknowledged(@Nullable String line, int before) {
        return line == null ? before : Integer.parseInt(line);
    }
}
