package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The statements about the plan's chunks. All run inside a transaction of the caller's. */
final class PlanRows {

    private static final String LAST =
            "select c.id, c.first, c.size, j.plan_complete from job j left join plan_chunk c"
                    + " on c.id = (select max(id) from plan_chunk where id between ? and ?)"
                    + " where j.id = ?";
    private static final String INSERT =
            "insert into plan_chunk (id, first, size, counts, resume_at, payload)"
                    + " values (?, ?, ?, ?, ?, ?)";
    private static final String READ =
            "select id, first, size, counts, resume_at from plan_chunk"
                    + " where id between ? and ? order by id";
    private static final String FIRST = "select first from plan_chunk where id = ?";
    private static final String PAYLOAD = "select payload from plan_chunk where id = ?";

    private PlanRows() {}

    /** Where the next chunk belongs. */
    private record End(int sequence, long index, boolean complete) {}

    /**
     * Stores a chunk that continues the plan, leaves a known one, refuses one that leaves a gap.
     */
    static void insert(Session session, long job, ChunkPlanned chunk) throws SQLException {
        End end = end(session, job);
        if (chunk.sequence() >= 0 && chunk.sequence() < end.sequence()) {
            return;
        }
        refuseUnlessNext(chunk, end);
        PreparedStatement insert = session.prepare(INSERT);
        insert.setLong(1, Keys.key(job, chunk.sequence()));
        insert.setInt(2, chunk.first());
        insert.setInt(3, chunk.itemCounts().length);
        insert.setBytes(4, session.codec.counts(chunk.itemCounts()));
        insert.setBytes(5, chunk.cursor());
        insert.setBytes(6, chunk.payload());
        insert.executeUpdate();
        insert.clearParameters(); // lets go of a payload of many megabytes
    }

    private static End end(Session session, long job) throws SQLException {
        PreparedStatement last = session.prepare(LAST);
        last.setLong(1, Keys.key(job, 0));
        last.setLong(2, Keys.last(job));
        last.setLong(3, job);
        try (ResultSet row = last.executeQuery()) {
            row.next();
            boolean complete = row.getInt(4) != 0;
            long key = row.getLong(1);
            return row.wasNull()
                    ? new End(0, 0, complete)
                    : new End(Keys.number(key) + 1, row.getLong(2) + row.getInt(3), complete);
        }
    }

    private static void refuseUnlessNext(ChunkPlanned chunk, End end) {
        boolean next =
                chunk.sequence() == end.sequence()
                        && chunk.first() == end.index()
                        && chunk.itemCounts().length > 0
                        && end.index() + chunk.itemCounts().length <= Integer.MAX_VALUE;
        if (!next) {
            throw refused(
                    chunk,
                    "sequence %d, first %d, at least 1 mini-batch"
                            .formatted(end.sequence(), end.index()));
        }
        if (end.complete()) {
            throw refused(chunk, "none after the plan was completed");
        }
        for (int items : chunk.itemCounts()) {
            if (items < 0) {
                throw refused(chunk, "no negative item count");
            }
        }
    }

    private static EngineException refused(ChunkPlanned chunk, String rule) {
        return new EngineException(
                ErrorCode.INTERNAL,
                "plan chunk: sequence %d, first %d, %d mini-batches (expected: %s)"
                        .formatted(
                                chunk.sequence(), chunk.first(), chunk.itemCounts().length, rule));
    }

    static void read(Session session, long job, LedgerReader reader) throws SQLException {
        PreparedStatement read = session.prepare(READ);
        read.setLong(1, Keys.key(job, 0));
        read.setLong(2, Keys.last(job));
        try (ResultSet row = read.executeQuery()) {
            while (row.next()) {
                chunk(row, reader);
            }
        }
    }

    private static void chunk(ResultSet row, LedgerReader reader) throws SQLException {
        reader.chunk(
                Keys.number(row.getLong(1)),
                row.getInt(2),
                RowCodec.counts(row.getInt(3), row.getBytes(4)),
                row.getBytes(5));
    }

    /**
     * Reads the one chunk that holds a mini-batch; looks at as few as halving needs, for chunks
     * follow one another.
     *
     * @return false when the plan does not reach so far
     */
    static boolean readHolding(Session session, long job, int index, LedgerReader reader)
            throws SQLException {
        End end = end(session, job);
        if (index < 0 || index >= end.index()) {
            return false;
        }
        int low = 0;
        int high = end.sequence() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (first(session, job, middle) <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        PreparedStatement read = session.prepare(READ);
        read.setLong(1, Keys.key(job, low));
        read.setLong(2, Keys.key(job, low));
        try (ResultSet row = read.executeQuery()) {
            boolean found = row.next();
            if (found) {
                chunk(row, reader);
            }
            return found;
        }
    }

    private static int first(Session session, long job, int sequence) throws SQLException {
        PreparedStatement read = session.prepare(FIRST);
        read.setLong(1, Keys.key(job, sequence));
        try (ResultSet row = read.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    static byte[] payload(Session session, long job, int sequence) throws SQLException {
        PreparedStatement read = session.prepare(PAYLOAD);
        read.setLong(1, Keys.key(job, Math.max(0, sequence)));
        try (ResultSet row = read.executeQuery()) {
            if (sequence < 0 || !row.next()) {
                throw new EngineException(
                        ErrorCode.INTERNAL,
                        "plan chunk: sequence %d (expected: one that is stored)"
                                .formatted(sequence));
            }
            return row.getBytes(1);
        }
    }
}
