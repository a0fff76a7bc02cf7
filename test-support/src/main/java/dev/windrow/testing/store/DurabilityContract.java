package dev.windrow.testing.store;

import static dev.windrow.testing.store.LedgerRows.NOON;
import static dev.windrow.testing.store.LedgerRows.attempt;
import static dev.windrow.testing.store.LedgerRows.chunk;
import static dev.windrow.testing.store.LedgerRows.ended;
import static dev.windrow.testing.store.LedgerRows.failed;
import static dev.windrow.testing.store.LedgerRows.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was answered is there after a crash and after a close. */
interface DurabilityContract extends StoreUnderTest {

    @Test
    default void keepsASubmittedJobOverACrash() {
        JobStore store = open();
        JobRow row = store.submit(LedgerRows.job("nightly"));
        try (JobStore after = reopenAfterCrash(store)) {
            assertThat(after.find("nightly")).contains(row);
        }
    }

    @Test
    default void keepsTheEpochOverACrash() {
        JobStore store = open();
        long epoch = started(store, "nightly");
        try (JobStore after = reopenAfterCrash(store)) {
            assertThat(after.takeOver("nightly")).isEqualTo(epoch + 1);
        }
    }

    @Test
    default void keepsEveryAppendedGroupOverACrash() {
        JobStore store = open();
        long epoch = started(store, "nightly");
        store.append("nightly", epoch, List.of(chunk(0, 0, 5_000), attempt(7, 1, 1)));
        for (int from = 0; from < 5_000; from += 500) {
            store.append("nightly", epoch, LedgerRows.results(from, from + 500));
        }
        store.append("nightly", epoch, List.of(new EventNoted(NOON, "Lost", "instance 1")));
        LedgerContents before = LedgerContents.of(store, "nightly");
        try (JobStore after = reopenAfterCrash(store)) {
            assertThat(LedgerContents.of(after, "nightly")).isEqualTo(before);
        }
    }

    @Test
    default void keepsAReopenedJobOverACrash() {
        JobStore store = open();
        long epoch = started(store, "nightly");
        store.append(
                "nightly",
                epoch,
                List.of(failed(0), ended(JobStatus.CANCELED, ErrorCode.CANCELED)));
        store.reopen("nightly", epoch, false, NOON);
        try (JobStore after = reopenAfterCrash(store)) {
            assertThat(after.find("nightly").orElseThrow().status()).isEqualTo(JobStatus.STARTING);
            assertThat(after.results("nightly", 0, 1)).isEmpty();
        }
    }

    @Test
    default void keepsADeletionOverACrash() {
        JobStore store = open();
        long epoch = started(store, "nightly");
        store.append("nightly", epoch, LedgerRows.results(0, 100));
        store.delete("nightly");
        try (JobStore after = reopenAfterCrash(store)) {
            assertThat(after.list(10)).isEmpty();
        }
    }

    @Test
    default void isTheSameAfterAClose() {
        LedgerContents before;
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(chunk(0, 0, 9), attempt(1, 1, 1), failed(1)));
            before = LedgerContents.of(store, "nightly");
        }
        try (JobStore store = open()) {
            assertThat(LedgerContents.of(store, "nightly")).isEqualTo(before);
            assertThat(store.planChunk("nightly", 0)).asString().isEqualTo("chunk 0");
        }
    }
}
