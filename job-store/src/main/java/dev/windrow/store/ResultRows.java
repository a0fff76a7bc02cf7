package dev.windrow.store;

import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import dev.windrow.engine.store.RowRange;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads results, attempts and events one by one, inside a transaction of the caller's. */
final class ResultRows {

    private static final String RESULTS =
            "select id, outcome, items, returned, detail, error from result"
                    + " where id between ? and ? order by id limit ?";
    private static final String ATTEMPTS =
            "select number, detail, error from attempt where job = ? and reopened = 0"
                    + " order by number, epoch, counter";
    private static final String ATTEMPTS_OF_ONE =
            "select number, detail, error from attempt where job = ? and number = ? and"
                    + " reopened = 0 order by epoch, counter";
    private static final String EVENTS =
            "select at, detail from event where job = ? order by at, id";

    private ResultRows() {}

    /** The results of a job from an index on; a limit of -1 is none. */
    static void results(
            Session session, long job, int from, int limit, Consumer<ResultStored> receiver)
            throws SQLException {
        PreparedStatement read = session.prepare(RESULTS);
        read.setLong(1, Keys.key(job, Math.max(0, from)));
        read.setLong(2, Keys.last(job));
        read.setInt(3, limit);
        try (ResultSet row = read.executeQuery()) {
            while (row.next()) {
                receiver.accept(result(row));
            }
        }
    }

    /** The result and the attempts of one mini-batch. */
    static void one(Session session, long job, int index, LedgerReader reader) throws SQLException {
        PreparedStatement result = session.prepare(RESULTS);
        result.setLong(1, Keys.key(job, index));
        result.setLong(2, Keys.key(job, index));
        result.setInt(3, 1);
        try (ResultSet row = result.executeQuery()) {
            if (row.next()) {
                reader.result(result(row));
            }
        }
        PreparedStatement read = session.prepare(ATTEMPTS_OF_ONE);
        read.setLong(1, job);
        read.setInt(2, index);
        attempts(read, reader);
    }

    static void attempts(Session session, long job, LedgerReader reader) throws SQLException {
        PreparedStatement read = session.prepare(ATTEMPTS);
        read.setLong(1, job);
        attempts(read, reader);
    }

    private static void attempts(PreparedStatement read, LedgerReader reader) throws SQLException {
        try (ResultSet row = read.executeQuery()) {
            while (row.next()) {
                AttemptFacts facts = RowCodec.facts(new ByteReader(row.getBytes(2)));
                reader.attempt(
                        new AttemptStored(row.getInt(1), facts, RowCodec.error(row.getBytes(3))));
            }
        }
    }

    static void events(Session session, long job, LedgerReader reader) throws SQLException {
        PreparedStatement read = session.prepare(EVENTS);
        read.setLong(1, job);
        try (ResultSet row = read.executeQuery()) {
            while (row.next()) {
                ByteReader detail = new ByteReader(row.getBytes(2));
                reader.event(
                        new EventNoted(
                                RowCodec.instant(row.getLong(1)), detail.text(), detail.text()));
            }
        }
    }

    /** The result in a row whose first six columns are those of the table. */
    static ResultStored result(ResultSet row) throws SQLException {
        ByteReader detail = new ByteReader(row.getBytes(5));
        RowRange rows = RowCodec.rows(detail);
        byte[] error = row.getBytes(6);
        Optional<FailedAttempt> failure =
                error == null ? Optional.empty() : Optional.of(RowCodec.error(error));
        return new ResultStored(
                Keys.number(row.getLong(1)),
                RowCodec.outcome(row.getInt(2)),
                row.getInt(3),
                row.getLong(4),
                rows,
                RowCodec.facts(detail),
                failure);
    }
}
