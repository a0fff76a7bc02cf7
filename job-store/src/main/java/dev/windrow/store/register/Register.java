package dev.windrow.store.register;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The register in one SQLite file. Each call is one transaction and blocks for a flush when it
 * writes. Safe for use by several threads; one server has it open at a time.
 *
 * <p>Every call throws {@code LEDGER_UNAVAILABLE} when the file cannot be read or written.
 */
public final class Register {

    private static final int BUSY_MILLIS = 10_000;

    private final Path file;
    private final Jdbi jdbi;

    private Register(Path file, Jdbi jdbi) {
        this.file = file;
        this.jdbi = jdbi;
    }

    /** Opens the register, and makes it when there is no such file; its folder must exist. */
    public static Register open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        Register register = new Register(file, Jdbi.create(new KeptConnections(source)));
        register.change(RegisterSchema::apply);
        return register;
    }

    /**
     * Adds a job with its first event.
     *
     * @return false when there is one of this key already; it is left as it is
     */
    public boolean add(RegisteredJob job) {
        return add(job, JobDemand.LEAST);
    }

    /** The same with what the job needs. */
    public boolean add(RegisteredJob job, JobDemand demand) {
        return change(handle -> {
            boolean made = JobSql.insert(handle, job);
            if (made) {
                DemandSql.insert(handle, job.key(), demand);
                JobSql.event(
                        handle, job.key(), job.submittedAt(), JobEvent.STATUS, job.status().text());
            }
            return made;
        });
    }

    /** The job of this key. */
    public Optional<RegisteredJob> find(JobKey key) {
        return read(handle -> JobSql.find(handle, key));
    }

    /** What a job needs. */
    public JobDemand demand(JobKey key) {
        return read(handle -> DemandSql.find(handle, key));
    }

    /** A page of a workspace's jobs, the latest first. */
    public List<RegisteredJob> list(String workspace, JobFilter filter) {
        return read(handle -> JobSql.list(handle, workspace, filter));
    }

    /** All jobs of all workspaces that have not ended, the oldest first. */
    public List<RegisteredJob> unfinished() {
        return read(JobSql::unfinished);
    }

    /**
     * Changes a job.
     *
     * @return the changed job; empty when there is none of this key
     */
    public Optional<RegisteredJob> update(JobKey key, UnaryOperator<RegisteredJob> change) {
        return change(handle -> {
            Optional<RegisteredJob> changed = JobSql.find(handle, key).map(change);
            changed.ifPresent(job -> JobSql.update(handle, job));
            return changed;
        });
    }

    /** Notes that something happened, and gives the number of the event. */
    public long note(JobKey key, java.time.Instant at, String kind, String text) {
        return change(handle -> JobSql.event(handle, key, at, kind, text));
    }

    /** Notes a new status and keeps it with the job. */
    public long status(
            JobKey key,
            JobStatus status,
            UnaryOperator<RegisteredJob> change,
            java.time.Instant at) {
        return change(handle -> {
            JobSql.find(handle, key).map(change).ifPresent(job -> JobSql.update(handle, job));
            return JobSql.event(handle, key, at, JobEvent.STATUS, status.text());
        });
    }

    /** Events of a job after this number, at most so many. */
    public List<JobEvent> events(JobKey key, long after, int max) {
        return read(handle -> JobSql.events(handle, key, after, max));
    }

    /** Forgets a job with its events; does nothing when it is not there. */
    public void remove(JobKey key) {
        change(handle -> {
            JobSql.remove(handle, key);
            return true;
        });
    }

    /**
     * Notes that a job needs uploaded folders; to be called before it is submitted. What is noted
     * counts once there is such a job, and goes with it.
     */
    public void hold(JobKey key, java.util.Set<String> digests) {
        if (!digests.isEmpty()) {
            change(handle -> {
                KeepingSql.hold(handle, key, digests);
                return true;
            });
        }
    }

    /** Tells whether a job of the workspace needs the uploaded folder of this digest. */
    public boolean needs(String workspace, String digest) {
        return read(handle -> KeepingSql.needs(handle, workspace, digest));
    }

    /** Jobs of all workspaces that ended before this time, the longest ended first. */
    public List<JobKey> endedBefore(java.time.Instant at, int max) {
        return read(handle -> KeepingSql.endedBefore(handle, at, max));
    }

    /** Keeps a token. */
    public void addToken(StoredToken token) {
        change(handle -> {
            TokenSql.insert(handle, token);
            return true;
        });
    }

    /** All tokens, expired ones included, the oldest first. */
    public List<StoredToken> tokens() {
        return read(TokenSql::all);
    }

    /**
     * Forgets a token.
     *
     * @return false when there is none of this id
     */
    public boolean removeToken(String id) {
        return change(handle -> TokenSql.remove(handle, id));
    }

    /** Computes, and what is done to them. */
    public ComputeRegister computes() {
        return new ComputeRegister(this);
    }

    /** Datastores. */
    public DatastoreRegister datastores() {
        return new DatastoreRegister(this);
    }

    <T> T read(Work<T> work) {
        try {
            return jdbi.withHandle(work::in);
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    <T> T change(Work<T> work) {
        try {
            return jdbi.inTransaction(work::in);
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    private EngineException unavailable(JdbiException e) {
        Throwable why = e instanceof ConnectionException && e.getCause() != null ? e.getCause() : e;
        return new EngineException(
                ErrorCode.LEDGER_UNAVAILABLE,
                "register %s: %s".formatted(file, why.getMessage()),
                e);
    }

    /** Work within one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Handle handle);
    }

    /** The only value of a query of one row and column. */
    static long number(Query query) {
        return query.mapTo(Long.class).one();
    }
}
