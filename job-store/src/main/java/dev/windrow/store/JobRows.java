package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements about the rows of jobs. All run inside a transaction of the caller's. */
final class JobRows {

    private static final String COLUMNS =
            "name, spec, code_digest, status, reason, epoch, leased_below, plan_complete,"
                    + " submitted_at, ended_at";
    private static final String INSERT =
            "insert or ignore into job (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String FIND = "select " + COLUMNS + " from job where name = ?";
    private static final String LIST =
            "select "
                    + COLUMNS
                    + " from job where name is not null order by submitted_at desc, id desc limit ?";
    private static final String ID = "select id, epoch, status from job where name = ?";
    private static final String RAISE =
            "update job set epoch = epoch + 1 where name = ? returning epoch";
    private static final String STATUS =
            "update job set status = ?, reason = ?, ended_at = ? where id = ?";
    private static final String LEASED =
            "update job set leased_below = ? where id = ? and leased_below < ?";
    private static final String PLANNED = "update job set plan_complete = 1 where id = ?";

    private JobRows() {}

    /** What an append has to know about its job. */
    record Owned(long id, long epoch, JobStatus status) {}

    static void insert(Session session, JobRow job) throws SQLException {
        PreparedStatement insert = session.prepare(INSERT);
        insert.setString(1, job.name());
        insert.setString(2, job.spec());
        insert.setString(3, job.codeDigest());
        insert.setString(4, job.status().text());
        bindReason(session, insert, 5, job.reason());
        insert.setLong(6, job.epoch());
        insert.setInt(7, job.leasedBelow());
        insert.setInt(8, job.planComplete() ? 1 : 0);
        insert.setLong(9, RowCodec.nanos(job.submittedAt()));
        bindInstant(insert, 10, job.endedAt());
        insert.executeUpdate();
    }

    static Optional<JobRow> find(Session session, String name) throws SQLException {
        PreparedStatement find = session.prepare(FIND);
        find.setString(1, name);
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? Optional.of(row(row)) : Optional.empty();
        }
    }

    static List<JobRow> list(Session session, int limit) throws SQLException {
        PreparedStatement list = session.prepare(LIST);
        list.setInt(1, limit);
        List<JobRow> jobs = new ArrayList<>();
        try (ResultSet row = list.executeQuery()) {
            while (row.next()) {
                jobs.add(row(row));
            }
        }
        return jobs;
    }

    static long raiseEpoch(Session session, String name) throws SQLException {
        refuseUnstorable(name);
        PreparedStatement raise = session.prepare(RAISE);
        raise.setString(1, name);
        try (ResultSet row = raise.executeQuery()) {
            if (!row.next()) {
                throw missing(name);
            }
            return row.getLong(1);
        }
    }

    static Owned existing(Session session, String name) throws SQLException {
        refuseUnstorable(name);
        PreparedStatement find = session.prepare(ID);
        find.setString(1, name);
        try (ResultSet row = find.executeQuery()) {
            if (!row.next()) {
                throw missing(name);
            }
            return new Owned(row.getLong(1), row.getLong(2), JobStatus.of(row.getString(3)));
        }
    }

    /** The job, when the epoch is its current one. */
    static Owned owned(Session session, String name, long epoch) throws SQLException {
        Owned job = existing(session, name);
        if (job.epoch() != epoch) {
            throw new EngineException(
                    ErrorCode.LEDGER_FENCED,
                    "job %s: epoch %d (expected: %d, the current one); another engine has taken the job over"
                            .formatted(name, epoch, job.epoch()));
        }
        return job;
    }

    static void status(
            Session session, long job, JobStatus status, Optional<JobReason> reason, Instant at)
            throws SQLException {
        PreparedStatement update = session.prepare(STATUS);
        update.setString(1, status.text());
        bindReason(session, update, 2, reason);
        bindInstant(update, 3, status.terminal() ? Optional.of(at) : Optional.empty());
        update.setLong(4, job);
        update.executeUpdate();
    }

    static void leasedBelow(Session session, long job, int index) throws SQLException {
        PreparedStatement update = session.prepare(LEASED);
        update.setInt(1, index);
        update.setLong(2, job);
        update.setInt(3, index);
        update.executeUpdate();
    }

    static void planCompleted(Session session, long job) throws SQLException {
        PreparedStatement update = session.prepare(PLANNED);
        update.setLong(1, job);
        update.executeUpdate();
    }

    private static JobRow row(ResultSet row) throws SQLException {
        byte[] reason = row.getBytes(5);
        long ended = row.getLong(10);
        Optional<Instant> endedAt =
                row.wasNull() ? Optional.empty() : Optional.of(RowCodec.instant(ended));
        return new JobRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                JobStatus.of(row.getString(4)),
                reason == null ? Optional.empty() : Optional.of(RowCodec.reason(reason)),
                row.getLong(6),
                row.getInt(7),
                row.getInt(8) != 0,
                RowCodec.instant(row.getLong(9)),
                endedAt);
    }

    private static void bindReason(
            Session session, PreparedStatement into, int column, Optional<JobReason> reason)
            throws SQLException {
        if (reason.isPresent()) {
            into.setBytes(column, session.codec.reason(reason.get()));
        } else {
            into.setNull(column, Types.BLOB);
        }
    }

    private static void bindInstant(PreparedStatement into, int column, Optional<Instant> at)
            throws SQLException {
        if (at.isPresent()) {
            into.setLong(column, RowCodec.nanos(at.get()));
        } else {
            into.setNull(column, Types.BIGINT);
        }
    }

    /** Bound as text such a name would become another one, which may exist. */
    private static void refuseUnstorable(String name) {
        if (!Texts.storable(name)) {
            throw missing(name);
        }
    }

    private static EngineException missing(String name) {
        return new EngineException(
                ErrorCode.JOB_NOT_FOUND, "job: %s (expected: a job in the ledger)".formatted(name));
    }
}
