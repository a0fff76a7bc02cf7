package dev.windrow.testing.store;

import static dev.windrow.testing.store.LedgerRows.NOON;
import static dev.windrow.testing.store.LedgerRows.attempt;
import static dev.windrow.testing.store.LedgerRows.chunk;
import static dev.windrow.testing.store.LedgerRows.cutShort;
import static dev.windrow.testing.store.LedgerRows.ended;
import static dev.windrow.testing.store.LedgerRows.failed;
import static dev.windrow.testing.store.LedgerRows.started;
import static dev.windrow.testing.store.LedgerRows.succeeded;
import static dev.windrow.testing.store.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.engine.store.LedgerReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Going on with a job that has failed or was canceled. */
interface ReopenContract extends StoreUnderTest {

    /** 0 and 4 failed, 1 is short, 2 succeeded at its second attempt, 3 has no result yet. */
    private static long failedJob(JobStore store) {
        long epoch = started(store, "nightly");
        store.append(
                "nightly",
                epoch,
                List.of(
                        attempt(0, 1, 1),
                        attempt(1, 1, 2),
                        attempt(2, 1, 3),
                        attempt(3, 1, 4),
                        failed(0),
                        cutShort(1),
                        succeeded(2),
                        failed(4),
                        new LeasedBelow(5),
                        ended(JobStatus.FAILED, ErrorCode.ITEM_THRESHOLD_EXCEEDED)));
        return epoch;
    }

    @Test
    default void makesAFailedJobGoOn() {
        try (JobStore store = open()) {
            long epoch = failedJob(store);
            store.reopen("nightly", epoch, false, NOON.plusSeconds(1));
            JobRow row = store.find("nightly").orElseThrow();
            assertThat(row.status()).isEqualTo(JobStatus.STARTING);
            assertThat(row.reason()).isEmpty();
            assertThat(row.endedAt()).isEmpty();
            assertThat(row.leasedBelow()).isEqualTo(5);
            assertThat(row.epoch()).isEqualTo(epoch);
        }
    }

    @Test
    default void turnsFailedResultsAndTheirAttemptsIntoHistory() {
        try (JobStore store = open()) {
            long epoch = failedJob(store);
            store.reopen("nightly", epoch, false, NOON);
            LedgerContents contents = LedgerContents.of(store, "nightly");
            assertThat(contents.results()).containsExactly(cutShort(1), succeeded(2));
            assertThat(contents.attempts())
                    .containsExactly(attempt(1, 1, 2), attempt(2, 1, 3), attempt(3, 1, 4));
        }
    }

    @Test
    default void turnsShortResultsIntoHistoryWhenAsked() {
        try (JobStore store = open()) {
            long epoch = failedJob(store);
            store.reopen("nightly", epoch, true, NOON);
            LedgerContents contents = LedgerContents.of(store, "nightly");
            assertThat(contents.results()).containsExactly(succeeded(2));
            assertThat(contents.attempts()).containsExactly(attempt(2, 1, 3), attempt(3, 1, 4));
        }
    }

    @Test
    default void storesNewResultsOfReopenedIndexes() {
        try (JobStore store = open()) {
            long first = failedJob(store);
            store.reopen("nightly", first, false, NOON);
            long epoch = store.takeOver("nightly");
            store.append("nightly", epoch, List.of(attempt(0, 2, 1), failed(0), succeeded(4)));
            store.append("nightly", epoch, List.of(attempt(0, 1, 1), succeeded(1)));
            LedgerContents contents = LedgerContents.of(store, "nightly");
            assertThat(contents.results())
                    .containsExactly(failed(0), cutShort(1), succeeded(2), succeeded(4));
            assertThat(contents.attempts()).first().isEqualTo(attempt(0, 2, 1));
        }
    }

    @Test
    default void reopensTheSameMiniBatchMoreThanOnce() {
        try (JobStore store = open()) {
            long epoch = failedJob(store);
            for (int time = 0; time < 3; time++) {
                store.reopen("nightly", epoch, false, NOON);
                epoch = store.takeOver("nightly");
                store.append(
                        "nightly",
                        epoch,
                        List.of(failed(0), ended(JobStatus.CANCELED, ErrorCode.CANCELED)));
            }
            assertThat(LedgerContents.of(store, "nightly").resultIndexes())
                    .containsExactly(0, 1, 2);
        }
    }

    @Test
    default void readsHistoryMiniBatchByMiniBatchInTheOrderOfTheAttempts() {
        try (JobStore store = open()) {
            long other = started(store, "other");
            store.append("other", other, List.of(failed(0), attempt(0, 1, 1), cutShort(1)));
            store.reopen("other", endedAs(store, "other", other), true, NOON);
            long first = failedJob(store);
            store.append("nightly", first, List.of(chunk(0, 0, 5)));
            store.reopen("nightly", first, true, NOON);
            long second = store.takeOver("nightly");
            store.append(
                    "nightly",
                    second,
                    List.of(
                            attempt(0, 2, 1),
                            failed(0),
                            succeeded(1),
                            ended(JobStatus.CANCELED, ErrorCode.CANCELED)));
            store.reopen("nightly", second, false, NOON);
            long third = store.takeOver("nightly");
            store.append("nightly", third, List.of(attempt(0, 3, 1), succeeded(0), succeeded(3)));
            History history = new History();
            store.readHistory("nightly", history);
            assertThat(history.rows)
                    .containsExactly(
                            attempt(0, 1, 1),
                            failed(0),
                            attempt(0, 2, 1),
                            failed(0),
                            attempt(0, 3, 1),
                            succeeded(0),
                            attempt(1, 1, 2),
                            cutShort(1),
                            succeeded(1),
                            attempt(2, 1, 3),
                            succeeded(2),
                            attempt(3, 1, 4),
                            succeeded(3),
                            failed(4));
            assertThat(history.order).isEqualTo("c" + "-".repeat(14) + "ee");
        }
    }

    private static long endedAs(JobStore store, String job, long epoch) {
        store.append(job, epoch, List.of(ended(JobStatus.CANCELED, ErrorCode.CANCELED)));
        return epoch;
    }

    /** Results and attempts as they came, mixed. */
    final class History implements LedgerReader {
        private final List<LedgerEntry> rows = new ArrayList<>();
        private String order = "";

        @Override
        public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
            order += "c";
        }

        @Override
        public void result(ResultStored row) {
            order += "-";
            rows.add(row);
        }

        @Override
        public void attempt(AttemptStored row) {
            order += "-";
            rows.add(row);
        }

        @Override
        public void event(EventNoted row) {
            order += "e";
        }
    }

    @Test
    default void leavesOtherJobsAlone() {
        try (JobStore store = open()) {
            long other = started(store, "other");
            store.append("other", other, List.of(failed(0), attempt(0, 1, 1)));
            long epoch = failedJob(store);
            store.reopen("nightly", epoch, true, NOON);
            assertThat(LedgerContents.of(store, "other").order()).isEqualTo("ra");
        }
    }

    @Test
    default void refusesToReopenAJobThatHasNotFailed() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(failed(0)));
            for (JobStatus status : JobStatus.values()) {
                if (status == JobStatus.FAILED || status == JobStatus.CANCELED) {
                    continue;
                }
                store.append(
                        "nightly",
                        epoch,
                        List.of(new StatusChanged(status, Optional.empty(), NOON)));
                JobRow before = store.find("nightly").orElseThrow();
                assertRefused(
                        ErrorCode.JOB_CONFLICT, () -> store.reopen("nightly", epoch, true, NOON));
                assertThat(store.find("nightly")).contains(before);
            }
            assertThat(store.results("nightly", 0, 9)).containsExactly(failed(0));
        }
    }
}
