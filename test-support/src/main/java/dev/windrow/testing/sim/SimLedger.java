package dev.windrow.testing.sim;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.engine.store.LedgerReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The durable rows of one job; keys decide what is kept, as in a real ledger. */
final class SimLedger {

    private final TreeMap<Integer, ChunkPlanned> chunks = new TreeMap<>();
    private final TreeMap<Integer, ResultStored> results = new TreeMap<>();
    private final TreeMap<Integer, TreeMap<LeaseToken, AttemptStored>> attempts = new TreeMap<>();
    private final List<EventNoted> events = new ArrayList<>();
    private JobRow row;

    SimLedger(JobRow row) {
        this.row = row;
    }

    JobRow row() {
        return row;
    }

    long raiseEpoch() {
        row = with(row.status(), row.reason(), row.epoch() + 1, row.leasedBelow(), false);
        return row.epoch();
    }

    /** Keeps what is new in the group and returns it. */
    List<LedgerEntry> append(List<LedgerEntry> group) {
        List<LedgerEntry> kept = new ArrayList<>();
        for (LedgerEntry entry : group) {
            if (keep(entry)) {
                kept.add(entry);
            }
        }
        return kept;
    }

    private boolean keep(LedgerEntry entry) {
        return switch (entry) {
            case ChunkPlanned chunk -> chunks.putIfAbsent(chunk.sequence(), chunk) == null;
            case ResultStored result -> results.putIfAbsent(result.index(), result) == null;
            case AttemptStored attempt ->
                    attempts.computeIfAbsent(attempt.index(), _ -> new TreeMap<>())
                                    .putIfAbsent(attempt.facts().token(), attempt)
                            == null;
            case EventNoted event -> events.add(event);
            case PlanCompleted _ -> {
                row = with(row.status(), row.reason(), row.epoch(), row.leasedBelow(), true);
                yield true;
            }
            case LeasedBelow(int index) -> {
                int mark = Math.max(index, row.leasedBelow());
                row = with(row.status(), row.reason(), row.epoch(), mark, false);
                yield true;
            }
            case StatusChanged(JobStatus status, Optional<JobReason> reason, Instant _) -> {
                row = with(status, reason, row.epoch(), row.leasedBelow(), false);
                yield true;
            }
        };
    }

    private JobRow with(
            JobStatus status, Optional<JobReason> reason, long epoch, int mark, boolean complete) {
        return new JobRow(
                row.name(),
                row.spec(),
                row.codeDigest(),
                status,
                reason,
                epoch,
                mark,
                complete || row.planComplete(),
                row.submittedAt(),
                row.endedAt());
    }

    byte[] payload(int sequence) {
        ChunkPlanned chunk = chunks.get(sequence);
        if (chunk == null) {
            throw new EngineException(
                    ErrorCode.INTERNAL, "chunk: %d (expected: a stored one)".formatted(sequence));
        }
        return chunk.payload();
    }

    void read(LedgerReader reader) {
        chunks.values()
                .forEach(c -> reader.chunk(c.sequence(), c.first(), c.itemCounts(), c.cursor()));
        results.values().forEach(reader::result);
        attempts.values().forEach(one -> one.values().forEach(reader::attempt));
        events.forEach(reader::event);
    }

    List<ResultStored> results(int from, int limit) {
        return results.tailMap(from).values().stream().limit(limit).toList();
    }
}
