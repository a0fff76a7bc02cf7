package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** Writes the entries of one group, inside a transaction of the caller's. */
final class GroupWriter {

    private static final String RESULT =
            "insert or ignore into result (id, outcome, items, returned, detail, error)"
                    + " values (?, ?, ?, ?, ?, ?)";
    private static final String RESULT_ALONE =
            "insert or ignore into result (id, outcome, items, returned, detail, error)"
                    + " select (id << 32) | ?, ?, ?, ?, ?, ? from job where name = ? and epoch = ?";
    private static final String ATTEMPT =
            "insert or ignore into attempt (job, number, epoch, counter, detail, error)"
                    + " values (?, ?, ?, ?, ?, ?)";
    private static final String EVENT = "insert into event (job, at, detail) values (?, ?, ?)";

    private final Session session;
    private final long job;
    private final PreparedStatement results;
    private boolean resultsWaiting;

    private GroupWriter(Session session, long job) throws SQLException {
        this.session = session;
        this.job = job;
        results = session.prepare(RESULT);
    }

    static void write(Session session, long job, List<LedgerEntry> group) throws SQLException {
        GroupWriter writer = new GroupWriter(session, job);
        try {
            for (LedgerEntry entry : group) {
                writer.write(entry);
            }
            if (writer.resultsWaiting) {
                writer.results.executeBatch();
            }
        } finally {
            // A batch that was not run must not become part of the next group.
            writer.results.clearBatch();
        }
    }

    /**
     * Writes a single result in one statement, which is a transaction of its own: a third of the
     * work of a group, for the job that waits for each result.
     *
     * @return false when nothing was written: the result is there already, or the job is not the
     *     caller's; {@link #write} tells which
     */
    static boolean writeAlone(Session session, String job, long epoch, ResultStored row)
            throws SQLException {
        PreparedStatement insert = session.prepare(RESULT_ALONE);
        bind(session, insert, row.index(), row);
        insert.setString(7, job);
        insert.setLong(8, epoch);
        return insert.executeUpdate() == 1;
    }

    private void write(LedgerEntry entry) throws SQLException {
        switch (entry) {
            case ResultStored result -> result(result);
            case AttemptStored attempt -> attempt(attempt);
            case ChunkPlanned chunk -> PlanRows.insert(session, job, chunk);
            case PlanCompleted _ -> JobRows.planCompleted(session, job);
            case LeasedBelow(int index) -> JobRows.leasedBelow(session, job, index);
            case StatusChanged(var status, var reason, var at) ->
                    JobRows.status(session, job, status, reason, at);
            case EventNoted event -> event(session, job, event);
        }
    }

    private void result(ResultStored row) throws SQLException {
        bind(session, results, Keys.key(job, row.index()), row);
        results.addBatch();
        resultsWaiting = true;
    }

    private static void bind(Session session, PreparedStatement insert, long id, ResultStored row)
            throws SQLException {
        refuseNegative("index", row.index());
        refuseNegative("items", row.items());
        refuseNegative("returned", row.returned());
        insert.setLong(1, id);
        insert.setInt(2, RowCodec.outcome(row.outcome()));
        insert.setInt(3, row.items());
        insert.setLong(4, row.returned());
        insert.setBytes(5, session.codec.detail(row.rows(), row.facts()));
        if (row.error().isPresent()) {
            insert.setBytes(6, session.codec.error(row.error().get()));
        } else {
            insert.setNull(6, Types.BLOB);
        }
    }

    private void attempt(AttemptStored row) throws SQLException {
        refuseNegative("index", row.index());
        PreparedStatement insert = session.prepare(ATTEMPT);
        insert.setLong(1, job);
        insert.setInt(2, row.index());
        insert.setLong(3, row.facts().token().epoch());
        insert.setLong(4, row.facts().token().counter());
        insert.setBytes(5, session.codec.detail(row.facts()));
        insert.setBytes(6, session.codec.error(row.error()));
        insert.executeUpdate();
    }

    static void event(Session session, long job, EventNoted row) throws SQLException {
        PreparedStatement insert = session.prepare(EVENT);
        insert.setLong(1, job);
        insert.setLong(2, RowCodec.nanos(row.at()));
        insert.setBytes(3, session.codec.event(row.kind(), row.text()));
        insert.executeUpdate();
    }

    private static void refuseNegative(String field, long value) {
        if (value < 0) {
            throw new EngineException(
                    ErrorCode.INTERNAL,
                    "ledger entry: %s: %d (expected: 0 or more)".formatted(field, value));
        }
    }
}
