package dev.windrow.testing.store;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.engine.store.RowRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows to fill a ledger with. */
public final class LedgerRows {

    /** A moment with nanoseconds, so that a store that drops them is caught. */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private LedgerRows() {}

    public static JobRow job(String name) {
        return JobRow.submitted(name, "{\"type\":\"parallel\"}", "sha256:0", NOON);
    }

    /** Submits the job and takes it over; returns the epoch. */
    public static long started(JobStore store, String name) {
        store.submit(job(name));
        return store.takeOver(name);
    }

    public static AttemptFacts facts(long epoch, long counter) {
        return new AttemptFacts(
                new LeaseToken(epoch, counter), 3, 1, 1_772_366_400_123_456L, 5_000_000, 4_000_000);
    }

    public static ResultStored succeeded(int index) {
        return new ResultStored(
                index,
                ResultOutcome.SUCCEEDED,
                10,
                10,
                new RowRange("segment-0-1", index * 100L, 100, 0),
                facts(1, index + 1L),
                Optional.empty());
    }

    /** Fewer rows than items came back. */
    public static ResultStored cutShort(int index) {
        return new ResultStored(
                index,
                ResultOutcome.SHORT,
                10,
                7,
                new RowRange("segment-0-2", 12, 30, 12),
                facts(1, index + 1L),
                Optional.empty());
    }

    public static ResultStored failed(int index, FailedAttempt error) {
        return new ResultStored(
                index,
                ResultOutcome.FAILED,
                10,
                0,
                RowRange.NONE,
                facts(1, index + 1L),
                Optional.of(error));
    }

    public static ResultStored failed(int index) {
        return failed(index, error("bad value"));
    }

    public static FailedAttempt error(String message) {
        return new FailedAttempt(
                FailureCause.EXCEPTION,
                new ErrorText("ValueError", message, "Traceback: …", "entry.py:12: raise"));
    }

    public static AttemptStored attempt(int index, long epoch, long counter) {
        return new AttemptStored(index, facts(epoch, counter), error("try " + counter));
    }

    public static ChunkPlanned chunk(int sequence, int first, int miniBatches) {
        int[] counts = new int[miniBatches];
        Arrays.setAll(counts, i -> i + 1);
        return new ChunkPlanned(
                sequence,
                first,
                counts,
                ("chunk " + sequence).getBytes(StandardCharsets.UTF_8),
                ("after " + sequence).getBytes(StandardCharsets.UTF_8));
    }

    public static StatusChanged ended(JobStatus status, ErrorCode code) {
        return new StatusChanged(status, Optional.of(new JobReason(code, "so it ended")), NOON);
    }

    /** Results of indexes {@code from} to {@code below}, exclusive. */
    public static List<LedgerEntry> results(int from, int below) {
        List<LedgerEntry> rows = new ArrayList<>(below - from);
        for (int index = from; index < below; index++) {
            rows.add(succeeded(index));
        }
        return rows;
    }
}
