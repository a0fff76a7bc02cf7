package dev.windrow.testing.store;

import static dev.windrow.testing.store.LedgerRows.attempt;
import static dev.windrow.testing.store.LedgerRows.chunk;
import static dev.windrow.testing.store.LedgerRows.cutShort;
import static dev.windrow.testing.store.LedgerRows.failed;
import static dev.windrow.testing.store.LedgerRows.started;
import static dev.windrow.testing.store.LedgerRows.succeeded;
import static dev.windrow.testing.store.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Appending: whole groups, once by key, under the current epoch only. */
interface AppendContract extends StoreUnderTest {

    @Test
    default void keepsTheFirstResultOfAnIndex() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(failed(0), succeeded(0), cutShort(1)));
            store.append("nightly", epoch, List.of(succeeded(0), succeeded(1), succeeded(2)));
            store.append("nightly", epoch, List.of(failed(2)));
            assertThat(store.results("nightly", 0, 10))
                    .containsExactly(failed(0), cutShort(1), succeeded(2));
        }
    }

    @Test
    default void keepsOneAttemptOfAnIndexAndToken() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            List<LedgerEntry> twice = List.of(attempt(4, 1, 9), attempt(4, 1, 9));
            store.append("nightly", epoch, twice);
            store.append("nightly", epoch, List.of(attempt(4, 1, 9), attempt(4, 2, 1)));
            store.append("nightly", epoch, List.of(attempt(3, 2, 9), attempt(4, 1, 10)));
            assertThat(LedgerContents.of(store, "nightly").attempts())
                    .containsExactly(
                            attempt(3, 2, 9),
                            attempt(4, 1, 9),
                            attempt(4, 1, 10),
                            attempt(4, 2, 1));
        }
    }

    @Test
    default void keepsJobsApart() {
        try (JobStore store = open()) {
            long one = started(store, "one");
            long two = started(store, "two");
            store.append("one", one, List.of(succeeded(0), chunk(0, 0, 2), attempt(0, 1, 1)));
            store.append("two", two, List.of(failed(0), chunk(0, 0, 5), attempt(0, 1, 1)));
            assertThat(store.results("one", 0, 10)).containsExactly(succeeded(0));
            assertThat(store.results("two", 0, 10)).containsExactly(failed(0));
            assertThat(LedgerContents.of(store, "two").chunks().getFirst().itemCounts()).hasSize(5);
        }
    }

    @Test
    default void keepsNothingOfAGroupWithABadEntry() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            List<LedgerEntry> bad =
                    List.of(
                            succeeded(0),
                            attempt(1, 1, 1),
                            chunk(0, 0, 2),
                            new LeasedBelow(9),
                            chunk(2, 4, 2));
            assertRefused(ErrorCode.INTERNAL, () -> store.append("nightly", epoch, bad));
            assertThat(LedgerContents.of(store, "nightly").order()).isEmpty();
            assertThat(store.find("nightly").orElseThrow().leasedBelow()).isZero();
            store.append("nightly", epoch, List.of(succeeded(7)));
            assertThat(LedgerContents.of(store, "nightly").resultIndexes()).containsExactly(7);
        }
    }

    @Test
    default void refusesAnOlderEpochFromAnyConnection() {
        try (JobStore zombie = open();
                JobStore owner = open()) {
            long old = started(zombie, "nightly");
            zombie.append("nightly", old, List.of(succeeded(0)));
            long now = owner.takeOver("nightly");
            ErrorCode code = ErrorCode.LEDGER_FENCED;
            assertRefused(code, () -> zombie.append("nightly", old, List.of(succeeded(1))));
            assertRefused(code, () -> owner.append("nightly", now + 1, List.of(succeeded(1))));
            assertRefused(code, () -> zombie.append("nightly", old, List.of()));
            assertRefused(code, () -> zombie.reopen("nightly", old, true, LedgerRows.NOON));
            owner.append("nightly", now, List.of(succeeded(2)));
            assertThat(LedgerContents.of(zombie, "nightly").resultIndexes()).containsExactly(0, 2);
        }
    }

    /** An append and a take-over start at one instant: the append is before it, or refused. */
    @Test
    default void neverMixesTwoEpochs() throws Exception {
        try (JobStore zombie = open();
                JobStore owner = open();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            long epoch = started(zombie, "nightly");
            for (int round = 0; round < 50; round++) {
                CyclicBarrier together = new CyclicBarrier(2);
                long old = epoch;
                int index = round;
                Callable<Boolean> append =
                        () -> {
                            together.await();
                            return appended(zombie, old, index);
                        };
                Callable<List<Integer>> takeOver =
                        () -> {
                            together.await();
                            owner.takeOver("nightly");
                            return LedgerContents.of(owner, "nightly").resultIndexes();
                        };
                Future<Boolean> appended = threads.submit(append);
                List<Integer> seen = threads.submit(takeOver).get();
                assertThat(seen.contains(index)).isEqualTo(appended.get());
                epoch++;
            }
        }
    }

    private static boolean appended(JobStore store, long epoch, int index) {
        try {
            store.append("nightly", epoch, List.of(succeeded(index)));
            return true;
        } catch (EngineException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_FENCED);
            return false;
        }
    }

    @Test
    default void takesGroupsOfSeveralThreadsAndConnections() throws Exception {
        try (JobStore one = open();
                JobStore two = open();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<Integer>>> writers =
                    IntStream.range(0, 4)
                            .mapToObj(
                                    i -> threads.submit(() -> filled(i < 2 ? one : two, "job" + i)))
                            .toList();
            List<Integer> all = IntStream.range(0, 2_000).boxed().toList();
            for (Future<List<Integer>> writer : writers) {
                assertThat(writer.get()).isEqualTo(all);
            }
        }
    }

    private static List<Integer> filled(JobStore store, String job) {
        long epoch = started(store, job);
        for (int from = 0; from < 2_000; from += 100) {
            store.append(job, epoch, LedgerRows.results(from, from + 100));
        }
        return LedgerContents.of(store, job).resultIndexes();
    }
}
