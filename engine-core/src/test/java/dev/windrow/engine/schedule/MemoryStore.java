package dev.windrow.engine.schedule;

import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes appends and remembers them; whole jobs run against the simulated ledger elsewhere. */
final class MemoryStore implements JobStore {

    private final List<LedgerEntry> entries = new ArrayList<>();

    int mark() {
        return entries.stream()
                .filter(LeasedBelow.class::isInstance)
                .mapToInt(entry -> ((LeasedBelow) entry).index())
                .max()
                .orElse(0);
    }

    @Override
    public void append(String job, long epoch, List<LedgerEntry> group) {
        entries.addAll(group);
    }

    @Override
    public JobRow submit(JobRow job) {
        throw new UnsupportedOperationException("submit");
    }

    @Override
    public Optional<JobRow> find(String job) {
        return Optional.empty();
    }

    @Override
    public List<JobRow> list(int limit) {
        return List.of();
    }

    @Override
    public long takeOver(String job) {
        throw new UnsupportedOperationException("takeOver");
    }

    @Override
    public void reopen(String job, long epoch, boolean shortOnesToo, Instant at) {
        throw new UnsupportedOperationException("reopen");
    }

    @Override
    public byte[] planChunk(String job, int sequence) {
        return new byte[0];
    }

    @Override
    public void readHistory(String job, LedgerReader reader) {
        read(job, reader);
    }

    @Override
    public void read(String job, LedgerReader reader) {}

    @Override
    public List<ResultStored> results(String job, int from, int limit) {
        return List.of();
    }

    @Override
    public void delete(String job) {}

    @Override
    public void close() {}
}
