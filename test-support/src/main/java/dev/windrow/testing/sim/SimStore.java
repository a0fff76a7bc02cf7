package dev.windrow.testing.sim;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A ledger on a simulated disk. An append writes and flushes one group; a crash that was ordered
 * hits it before the write, between write and flush (the group survives or not), or after it.
 */
public final class SimStore implements JobStore {

    /** What happens to the next append. */
    public enum Strike {
        NONE,
        CRASH_BEFORE,
        CRASH_UNFLUSHED,
        CRASH_FLUSHED,
        FAIL
    }

    private final SimDisk disk = new SimDisk();
    private final Map<String, SimLedger> ledgers = new LinkedHashMap<>();
    private final BiConsumer<Long, LedgerEntry> durable;
    private Strike next = Strike.NONE;
    private Runnable struck = () -> {};

    /**
     * @param durable hears of every entry that has become durable for the first time, with the
     *     epoch that wrote it
     */
    public SimStore(BiConsumer<Long, LedgerEntry> durable) {
        this.durable = durable;
    }

    /** Orders what happens to the next append, and who is told when it has happened. */
    public void strike(Strike strike, Runnable told) {
        next = strike;
        struck = told;
    }

    /** The machine of the engine loses power. */
    public void crash(boolean survives) {
        next = Strike.NONE;
        disk.crash(survives);
    }

    @Override
    public JobRow submit(JobRow job) {
        return ledgers.computeIfAbsent(job.name(), _ -> new SimLedger(job)).row();
    }

    @Override
    public Optional<JobRow> find(String job) {
        return Optional.ofNullable(ledgers.get(job)).map(SimLedger::row);
    }

    @Override
    public List<JobRow> list(int limit) {
        return ledgers.values().stream().map(SimLedger::row).limit(limit).toList();
    }

    @Override
    public long takeOver(String job) {
        return ledger(job).raiseEpoch();
    }

    @Override
    public void reopen(String job, long epoch, boolean shortOnesToo, Instant at) {
        throw new EngineException(
                ErrorCode.INTERNAL, "reopen: not simulated (expected: never asked for)");
    }

    @Override
    public void append(String job, long epoch, List<LedgerEntry> group) {
        Strike strike = next;
        next = Strike.NONE;
        SimLedger ledger = ledger(job);
        if (ledger.row().epoch() != epoch) {
            throw new EngineException(
                    ErrorCode.LEDGER_FENCED,
                    "epoch: %d (expected: %d)".formatted(epoch, ledger.row().epoch()));
        }
        if (strike == Strike.FAIL) {
            struck.run();
            throw new EngineException(ErrorCode.LEDGER_UNAVAILABLE, "ledger: did not answer");
        }
        crashWhen(strike == Strike.CRASH_BEFORE, "before the append");
        disk.write(() -> ledger.append(group).forEach(entry -> durable.accept(epoch, entry)));
        crashWhen(strike == Strike.CRASH_UNFLUSHED, "between write and flush");
        disk.flush();
        crashWhen(strike == Strike.CRASH_FLUSHED, "after the flush");
    }

    private void crashWhen(boolean strikes, String where) {
        if (strikes) {
            struck.run();
            throw new SimCrash(where);
        }
    }

    @Override
    public byte[] planChunk(String job, int sequence) {
        return ledger(job).payload(sequence);
    }

    @Override
    public void read(String job, LedgerReader reader) {
        ledger(job).read(reader);
    }

    /** No job is reopened here, so everything counts. */
    @Override
    public void readHistory(String job, LedgerReader reader) {
        read(job, reader);
    }

    @Override
    public void readOne(String job, int index, LedgerReader reader) {
        read(
                job,
                new LedgerReader() {
                    private boolean planned;

                    @Override
                    public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
                        if (index >= first && index - first < itemCounts.length) {
                            planned = true;
                            reader.chunk(sequence, first, itemCounts, cursor);
                        }
                    }

                    @Override
                    public void result(ResultStored row) {
                        if (planned && row.index() == index) {
                            reader.result(row);
                        }
                    }

                    @Override
                    public void attempt(LedgerEntry.AttemptStored row) {
                        if (planned && row.index() == index) {
                            reader.attempt(row);
                        }
                    }
                });
    }

    @Override
    public List<ResultStored> results(String job, int from, int limit) {
        return ledger(job).results(from, limit);
    }

    @Override
    public void delete(String job) {
        ledgers.remove(job);
    }

    @Override
    public void close() {}

    /** The status that a restart would find. */
    public JobStatus status(String job) {
        return ledger(job).row().status();
    }

    private SimLedger ledger(String job) {
        SimLedger found = ledgers.get(job);
        if (found == null) {
            throw new EngineException(
                    ErrorCode.JOB_NOT_FOUND, "job: %s (expected: a submitted job)".formatted(job));
        }
        return found;
    }
}
