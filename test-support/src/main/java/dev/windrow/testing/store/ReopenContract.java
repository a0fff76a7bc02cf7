package dev.windrow.testing.store;

import static dev.windrow.testing.store.LedgerRows.NOON;
import static dev.windrow.testing.store.LedgerRows.attempt;
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
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
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
