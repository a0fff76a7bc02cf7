package dev.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testing.store.LedgerContents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteProcessesTest {

    @TempDir Path folder;

    @Test
    void letsSeveralProcessesWriteJobsOfTheirOwn() throws Exception {
        Path ledger = folder.resolve("ledger.db");
        List<Process> children = new ArrayList<>();
        for (int child = 0; child < 3; child++) {
            children.add(LedgerChild.start(ledger, "job" + child, 50, 200));
        }
        for (Process child : children) {
            child.inputReader().lines().forEach(_ -> {});
            assertThat(child.waitFor()).isZero();
        }
        List<Integer> all = IntStream.range(0, 10_000).boxed().toList();
        try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
            for (int child = 0; child < 3; child++) {
                assertThat(LedgerContents.of(store, "job" + child).resultIndexes()).isEqualTo(all);
            }
        }
    }

    @Test
    void makesOneLedgerWhenManyOpenItAtOnce() throws Exception {
        int openers = 6;
        try (ExecutorService threads = Executors.newFixedThreadPool(openers)) {
            for (int round = 0; round < 20; round++) {
                Path ledger = folder.resolve("ledger" + round + ".db");
                CyclicBarrier together = new CyclicBarrier(openers);
                List<Future<?>> opened = new ArrayList<>();
                for (int i = 0; i < openers; i++) {
                    opened.add(
                            threads.submit(() -> {
                                together.await();
                                SqliteJobStore.open(ledger).close();
                                return null;
                            }));
                }
                for (Future<?> one : opened) {
                    one.get();
                }
            }
        }
    }
}
