package dev.windrow.testing.store;

import static dev.windrow.testing.store.LedgerRows.NOON;
import static dev.windrow.testing.store.LedgerRows.attempt;
import static dev.windrow.testing.store.LedgerRows.chunk;
import static dev.windrow.testing.store.LedgerRows.error;
import static dev.windrow.testing.store.LedgerRows.failed;
import static dev.windrow.testing.store.LedgerRows.started;
import static dev.windrow.testing.store.LedgerRows.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import dev.windrow.engine.store.RowRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Reading: complete, in order, every value as it was, at any size, while others write. */
interface ReadContract extends StoreUnderTest {

    @Test
    default void readsKindByKindAndEachInOrder() {
        EventNoted late = new EventNoted(NOON.plusNanos(1), "Lost", "instance 3");
        EventNoted early = new EventNoted(NOON, "Came", "instance 3 \0 \ud800");
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(late, attempt(5, 1, 6), succeeded(5)));
            store.append("nightly", epoch, List.of(attempt(2, 1, 3), succeeded(2), early));
            store.append("nightly", epoch, List.of(chunk(0, 0, 9), early));
            LedgerContents contents = LedgerContents.of(store, "nightly");
            assertThat(contents.order()).isEqualTo("crraaeee");
            assertThat(contents.results()).containsExactly(succeeded(2), succeeded(5));
            assertThat(contents.attempts()).containsExactly(attempt(2, 1, 3), attempt(5, 1, 6));
            assertThat(contents.events()).containsExactly(early, early, late);
        }
    }

    @Test
    default void readsOneMiniBatchAndNothingOfOthers() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            started(store, "after");
            // Chunks of uneven length, so that no arithmetic finds the right one.
            store.append(
                    "nightly",
                    epoch,
                    List.of(chunk(0, 0, 1), chunk(1, 1, 9), chunk(2, 10, 2), chunk(3, 12, 5)));
            store.append(
                    "nightly",
                    epoch,
                    List.of(succeeded(9), attempt(10, 1, 3), attempt(10, 1, 2), succeeded(10)));
            store.append("after", 1, List.of(chunk(0, 0, 40), succeeded(11)));
            for (int index = 0; index < 17; index++) {
                int chunk = index < 1 ? 0 : index < 10 ? 1 : index < 12 ? 2 : 3;
                boolean result = index == 9 || index == 10;
                List<String> found = one(store, index);
                assertThat(found).contains("chunk " + chunk);
                assertThat(found).hasSize(1 + (result ? 1 : 0) + (index == 10 ? 2 : 0));
            }
            assertThat(one(store, 10))
                    .containsExactly(
                            "chunk 2",
                            succeeded(10).toString(),
                            attempt(10, 1, 2).toString(),
                            attempt(10, 1, 3).toString());
            assertThat(one(store, 17)).isEmpty();
            assertThat(one(store, -1)).isEmpty();
            assertThat(one(store, Integer.MAX_VALUE)).isEmpty();
        }
    }

    private static List<String> one(JobStore store, int index) {
        List<String> found = new ArrayList<>();
        store.readOne(
                "nightly",
                index,
                new LedgerReader() {
                    @Override
                    public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
                        found.add("chunk " + sequence);
                    }

                    @Override
                    public void result(ResultStored row) {
                        found.add(row.toString());
                    }

                    @Override
                    public void attempt(AttemptStored row) {
                        found.add(row.toString());
                    }
                });
        return found;
    }

    @Test
    default void pagesThroughResults() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            started(store, "after");
            store.append("nightly", epoch, LedgerRows.results(10, 30));
            store.append("after", 1, LedgerRows.results(0, 5));
            assertThat(store.results("nightly", 0, 3))
                    .containsExactly(succeeded(10), succeeded(11), succeeded(12));
            assertThat(store.results("nightly", 28, 30))
                    .containsExactly(succeeded(28), succeeded(29));
            assertThat(store.results("nightly", 30, 30)).isEmpty();
            assertThat(store.results("nightly", 0, 0)).isEmpty();
        }
    }

    @Test
    default void keepsAnyErrorText() {
        List<String> texts =
                List.of(
                        "",
                        "plain",
                        "\0",
                        "a\0b",
                        "\ud800",
                        "x\udc00y\ud83d",
                        "😀 ä \u2028 \ufeff \uffff \ufffd",
                        "'\"; drop table result; --",
                        "x".repeat(100_000),
                        "\ud83d\ude00\ude00");
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            List<LedgerEntry> group = new ArrayList<>();
            List<FailureCause> causes = List.of(FailureCause.values());
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                FailedAttempt odd =
                        new FailedAttempt(
                                causes.get(i % causes.size()),
                                new ErrorText(text, text + "!", "?" + text, text));
                group.add(failed(i, odd));
                group.add(new AttemptStored(i, LedgerRows.facts(1, i), odd));
            }
            store.append("nightly", epoch, group);
            LedgerContents contents = LedgerContents.of(store, "nightly");
            List<LedgerEntry> read = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                read.add(contents.results().get(i));
                read.add(contents.attempts().get(i));
            }
            assertThat(read).isEqualTo(group);
        }
    }

    @Test
    default void keepsTheGreatestNumbers() {
        long most = Long.MAX_VALUE;
        int large = Integer.MAX_VALUE;
        ResultStored row =
                new ResultStored(
                        large,
                        ResultOutcome.SHORT,
                        large,
                        most,
                        new RowRange("säge\ud800", most, most, large),
                        new AttemptFacts(
                                new LeaseToken(most, most), large, large, most, most, most),
                        Optional.empty());
        AttemptFacts noWorker = new AttemptFacts(LeaseToken.NONE, 0, -1, 0, 0, 0);
        AttemptStored attempt = new AttemptStored(large, noWorker, error(""));
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(row, attempt));
            LedgerContents contents = LedgerContents.of(store, "nightly");
            assertThat(contents.results()).containsExactly(row);
            assertThat(contents.attempts()).containsExactly(attempt);
        }
    }

    @Test
    default void reads100000ResultsInOrderThoughTheyCameInNone() {
        int most = 100_000;
        List<LedgerEntry> rows = new ArrayList<>(LedgerRows.results(0, most));
        Collections.shuffle(rows, new Random(11));
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            for (int from = 0; from < most; from += 1_000) {
                store.append("nightly", epoch, rows.subList(from, from + 1_000));
            }
            InOrder inOrder = new InOrder();
            store.read("nightly", inOrder);
            assertThat(inOrder.next).isEqualTo(most);
            assertThat(inOrder.wrong).isZero();
        }
    }

    /** Counts rows without keeping any. */
    final class InOrder implements LedgerReader {
        private int next;
        private int wrong;

        @Override
        public void result(ResultStored row) {
            if (row.index() != next || !row.equals(succeeded(next))) {
                wrong++;
            }
            next++;
        }
    }

    @Test
    default void readsWholeGroupsWhileAnotherConnectionWrites() throws Exception {
        try (JobStore writer = open();
                JobStore reader = open();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            long epoch = started(writer, "nightly");
            Future<?> writing =
                    thread.submit(() -> {
                        for (int from = 0; from < 20_000; from += 100) {
                            writer.append("nightly", epoch, LedgerRows.results(from, from + 100));
                        }
                    });
            int seen = 0;
            while (seen < 20_000) {
                InOrder inOrder = new InOrder();
                reader.read("nightly", inOrder);
                assertThat(inOrder.next % 100).isZero();
                assertThat(inOrder.next).isGreaterThanOrEqualTo(seen);
                assertThat(inOrder.wrong).isZero();
                seen = inOrder.next;
                if (writing.isDone()) {
                    writing.get();
                }
            }
        }
    }

    @Test
    default void letsAReaderWriteAndReadMeanwhile() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, LedgerRows.results(0, 3));
            List<Integer> seen = new ArrayList<>();
            store.read(
                    "nightly",
                    new LedgerReader() {
                        @Override
                        public void result(ResultStored row) {
                            int later = row.index() + 100;
                            store.append("nightly", epoch, List.of(succeeded(later)));
                            assertThat(store.results("nightly", later, 1)).hasSize(1);
                            seen.add(row.index());
                        }
                    });
            assertThat(seen).containsExactly(0, 1, 2);
        }
    }

    @Test
    default void goesOnAfterAReaderThatThrows() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, LedgerRows.results(0, 3));
            LedgerReader throwing =
                    new LedgerReader() {
                        @Override
                        public void result(ResultStored row) {
                            throw new IllegalStateException("enough");
                        }
                    };
            for (int i = 0; i < 40; i++) {
                assertThatIllegalStateException().isThrownBy(() -> store.read("nightly", throwing));
            }
            store.append("nightly", epoch, LedgerRows.results(3, 4));
            assertThat(LedgerContents.of(store, "nightly").resultIndexes())
                    .containsExactly(0, 1, 2, 3);
        }
    }
}
