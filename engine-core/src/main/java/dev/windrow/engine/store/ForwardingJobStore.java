package dev.windrow.engine.store;

import dev.windrow.engine.store.LedgerEntry.ResultStored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A ledger that is another one but for what it overrides. */
public interface ForwardingJobStore extends JobStore {

    /** The other one; always the same. */
    JobStore store();

    @Override
    default JobRow submit(JobRow job) {
        return store().submit(job);
    }

    @Override
    default Optional<JobRow> find(String job) {
        return store().find(job);
    }

    @Override
    default List<JobRow> list(int limit) {
        return store().list(limit);
    }

    @Override
    default long takeOver(String job) {
        return store().takeOver(job);
    }

    @Override
    default void reopen(String job, long epoch, boolean shortOnesToo, Instant at) {
        store().reopen(job, epoch, shortOnesToo, at);
    }

    @Override
    default void append(String job, long epoch, List<LedgerEntry> group) {
        store().append(job, epoch, group);
    }

    @Override
    default byte[] planChunk(String job, int sequence) {
        return store().planChunk(job, sequence);
    }

    @Override
    default void read(String job, LedgerReader reader) {
        store().read(job, reader);
    }

    @Override
    default void readHistory(String job, LedgerReader reader) {
        store().readHistory(job, reader);
    }

    @Override
    default void readOne(String job, int index, LedgerReader reader) {
        store().readOne(job, index, reader);
    }

    @Override
    default List<ResultStored> results(String job, int from, int limit) {
        return store().results(job, from, limit);
    }

    @Override
    default void delete(String job) {
        store().delete(job);
    }

    @Override
    default void close() {
        store().close();
    }
}
