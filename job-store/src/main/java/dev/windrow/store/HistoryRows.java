package dev.windrow.store;

import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads everything that was tried, mini-batch by mini-batch, inside a transaction of the caller's.
 * Merges three cursors that are each in order of their keys, so that nothing is sorted or kept.
 */
final class HistoryRows {

    private static final String ATTEMPTS =
            "select number, reopened, detail, error from attempt where job = ?"
                    + " order by number, epoch, counter";
    private static final String OLD_RESULTS =
            "select (job << 32) | number, outcome, items, returned, detail, error, number, reopened"
                    + " from result_history where job = ? order by number, reopened";
    private static final String RESULTS =
            "select id, outcome, items, returned, detail, error from result"
                    + " where id between ? and ? order by id";

    private HistoryRows() {}

    static void read(Session session, long job, LedgerReader reader) throws SQLException {
        PreparedStatement attempts = session.prepare(ATTEMPTS);
        attempts.setLong(1, job);
        PreparedStatement oldResults = session.prepare(OLD_RESULTS);
        oldResults.setLong(1, job);
        PreparedStatement results = session.prepare(RESULTS);
        results.setLong(1, Keys.key(job, 0));
        results.setLong(2, Keys.last(job));
        try (ResultSet attempt = attempts.executeQuery();
                ResultSet oldResult = oldResults.executeQuery();
                ResultSet result = results.executeQuery()) {
            merge(
                    List.of(
                            new Cursor(attempt, Kind.ATTEMPT),
                            new Cursor(oldResult, Kind.OLD_RESULT),
                            new Cursor(result, Kind.RESULT)),
                    reader);
        }
    }

    private static void merge(List<Cursor> cursors, LedgerReader reader) throws SQLException {
        for (Cursor cursor : cursors) {
            cursor.advance();
        }
        Cursor least = least(cursors);
        while (least.number != Cursor.ENDED) {
            least.deliver(reader);
            least.advance();
            least = least(cursors);
        }
    }

    private static Cursor least(List<Cursor> cursors) {
        Cursor least = cursors.getFirst();
        for (Cursor cursor : cursors) {
            least = cursor.isBefore(least) ? cursor : least;
        }
        return least;
    }

    private enum Kind {
        ATTEMPT,
        OLD_RESULT,
        RESULT
    }

    /** Where the reading of one table stands. */
    private static final class Cursor {
        private static final long ENDED = Long.MAX_VALUE;

        private final ResultSet row;
        private final Kind kind;
        private long number;

        /** The reopening that ended this row's time; the present time is the last. */
        private long era;

        Cursor(ResultSet row, Kind kind) {
            this.row = row;
            this.kind = kind;
        }

        void advance() throws SQLException {
            if (!row.next()) {
                number = ENDED;
                return;
            }
            switch (kind) {
                case ATTEMPT -> {
                    number = row.getLong(1);
                    int reopened = row.getInt(2);
                    era = reopened == 0 ? Long.MAX_VALUE : reopened;
                }
                case OLD_RESULT -> {
                    number = row.getLong(7);
                    era = row.getLong(8);
                }
                case RESULT -> {
                    number = Keys.number(row.getLong(1));
                    era = Long.MAX_VALUE;
                }
            }
        }

        /** Of one time, attempts come before the result that ended them. */
        boolean isBefore(Cursor other) {
            if (number != other.number) {
                return number < other.number;
            }
            return era == other.era ? kind.compareTo(other.kind) < 0 : era < other.era;
        }

        void deliver(LedgerReader reader) throws SQLException {
            switch (kind) {
                case ATTEMPT -> {
                    AttemptFacts facts = RowCodec.facts(new ByteReader(row.getBytes(3)));
                    reader.attempt(
                            new AttemptStored(
                                    (int) number, facts, RowCodec.error(row.getBytes(4))));
                }
                case OLD_RESULT, RESULT -> reader.result(ResultRows.result(row));
            }
        }
    }
}
