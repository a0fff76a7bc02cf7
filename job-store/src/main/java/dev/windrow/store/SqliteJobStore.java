package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in one SQLite file: write-ahead log, one flush for each group, one writer.
 *
 * <p>Several processes may have the file open, each for jobs of its own; a call waits up to ten
 * seconds for another process that writes. The file must be on a local disk.
 *
 * <p>The driver unpacks SQLite's native library into the temporary folder at each start of a JVM,
 * which costs more than all the rest of opening. A launcher that has unpacked it once names its
 * folder in the system property {@code org.sqlite.lib.path}.
 */
public final class SqliteJobStore implements JobStore {

    private final LedgerFile file;
    private final Faults faults;
    private final Readers readers;
    private final ReentrantLock writing = new ReentrantLock();
    private final Session writer;
    private boolean closed;

    private SqliteJobStore(LedgerFile file, Faults faults, Session writer) {
        this.file = file;
        this.faults = faults;
        this.writer = writer;
        readers = new Readers(file);
    }

    /**
     * Opens the ledger, and makes it when there is no such file; its folder must exist. Blocks for
     * some tens of milliseconds, above all for the native library.
     *
     * @throws EngineException {@code LEDGER_UNAVAILABLE} when the file cannot be opened, is not a
     *     ledger, or was written by a newer version
     */
    public static SqliteJobStore open(Path databaseFile) {
        LedgerFile file = new LedgerFile(databaseFile);
        Faults faults = new Faults(file.path());
        try {
            Session writer = file.open();
            boolean ready = false;
            try {
                Migrations.apply(writer, file.path());
                ready = true;
                return new SqliteJobStore(file, faults, writer);
            } finally {
                if (!ready) {
                    writer.close();
                }
            }
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }

    @Override
    public JobRow submit(JobRow job) {
        Texts.checked("job name", job.name());
        Texts.checked("job spec", job.spec());
        Texts.checked("code digest", job.codeDigest());
        return write(s -> {
            JobRows.insert(s, job);
            return JobRows.find(s, job.name()).orElseThrow();
        });
    }

    @Override
    public Optional<JobRow> find(String job) {
        return Texts.storable(job) ? read(s -> JobRows.find(s, job)) : Optional.empty();
    }

    @Override
    public List<JobRow> list(int limit) {
        return read(s -> JobRows.list(s, Math.max(0, limit)));
    }

    @Override
    public long takeOver(String job) {
        return write(s -> {
            long epoch = JobRows.raiseEpoch(s, job);
            file.makeLogRoom();
            return epoch;
        });
    }

    @Override
    public void reopen(String job, long epoch, boolean shortOnesToo, Instant at) {
        this.<@Nullable Object>write(s -> {
            Reopening.reopen(s, job, epoch, shortOnesToo, at);
            return null;
        });
    }

    @Override
    public void append(String job, long epoch, List<LedgerEntry> group) {
        if (group.size() == 1
                && group.getFirst() instanceof ResultStored row
                && locked(() -> writer.alone(s -> GroupWriter.writeAlone(s, job, epoch, row)))) {
            return;
        }
        this.<@Nullable Object>write(s -> {
            GroupWriter.write(s, JobRows.owned(s, job, epoch).id(), group);
            return null;
        });
    }

    @Override
    public byte[] planChunk(String job, int sequence) {
        return read(s -> PlanRows.payload(s, JobRows.existing(s, job).id(), sequence));
    }

    @Override
    public void read(String job, LedgerReader reader) {
        this.<@Nullable Object>read(s -> {
            long id = JobRows.existing(s, job).id();
            PlanRows.read(s, id, reader);
            ResultRows.results(s, id, 0, -1, reader::result);
            ResultRows.attempts(s, id, reader);
            ResultRows.events(s, id, reader);
            return null;
        });
    }

    @Override
    public void readHistory(String job, LedgerReader reader) {
        this.<@Nullable Object>read(s -> {
            long id = JobRows.existing(s, job).id();
            PlanRows.read(s, id, reader);
            HistoryRows.read(s, id, reader);
            ResultRows.events(s, id, reader);
            return null;
        });
    }

    @Override
    public void readOne(String job, int index, LedgerReader reader) {
        this.<@Nullable Object>read(s -> {
            long id = JobRows.existing(s, job).id();
            if (PlanRows.readHolding(s, id, index, reader)) {
                ResultRows.one(s, id, index, reader);
            }
            return null;
        });
    }

    @Override
    public List<ResultStored> results(String job, int from, int limit) {
        return read(s -> {
            List<ResultStored> rows = new ArrayList<>();
            long id = JobRows.existing(s, job).id();
            ResultRows.results(s, id, from, Math.max(0, limit), rows::add);
            return rows;
        });
    }

    @Override
    public void delete(String job) {
        if (!Texts.storable(job)) {
            return;
        }
        if (!write(s -> Deletion.condemn(s, job))) {
            return;
        }
        for (SqlWork<Integer> step : read(Deletion::steps)) {
            int freed;
            do {
                freed = write(step);
            } while (freed > 0);
        }
        long before;
        long free = Long.MAX_VALUE;
        do {
            before = free;
            free = write(Deletion::shrink);
        } while (free > 0 && free < before);
    }

    /** Ends the store; waits for the call that is writing. Does nothing the second time. */
    @Override
    public void close() {
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                readers.close();
                writer.close();
            }
        } catch (SQLException e) {
            throw faults.of(e);
        } finally {
            writing.unlock();
        }
    }

    private <T extends @Nullable Object> T write(SqlWork<T> work) {
        return locked(() -> writer.writing(work));
    }

    /** What the writer is to do. */
    private interface Writing<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    private <T extends @Nullable Object> T locked(Writing<T> work) {
        writing.lock();
        try {
            if (closed) {
                throw Faults.closed();
            }
            return work.run();
        } catch (SQLException e) {
            throw faults.of(e);
        } finally {
            writing.unlock();
        }
    }

    private <T extends @Nullable Object> T read(SqlWork<T> work) {
        try {
            return readers.read(work);
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }
}
