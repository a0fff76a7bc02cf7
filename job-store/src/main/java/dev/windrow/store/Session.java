package dev.windrow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements and its transactions; for one thread at a time.
 *
 * <p>Transactions are begun by statements of our own, with JDBC left in auto-commit: in its other
 * mode the driver begins the next transaction right after each commit, and an idle writer would
 * lock every other process out.
 */
final class Session implements AutoCloseable {

    private static final String BEGIN_WRITING = "begin immediate";
    private static final String BEGIN_READING = "begin";

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    final RowCodec codec = new RowCodec();

    Session(Connection connection) {
        this.connection = connection;
    }

    /** The statement of this text, kept until the session closes; texts are constants. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Runs the work in one transaction that holds the write lock from its start. */
    <T extends @Nullable Object> T writing(SqlWork<T> work) throws SQLException {
        return transaction(BEGIN_WRITING, work);
    }

    /** Runs the work on one unchanging view of the database. */
    <T extends @Nullable Object> T reading(SqlWork<T> work) throws SQLException {
        return transaction(BEGIN_READING, work);
    }

    /** Runs work that is a single statement, and so its own transaction. */
    <T extends @Nullable Object> T alone(SqlWork<T> work) throws SQLException {
        boolean done = false;
        try {
            T value = work.in(this);
            done = true;
            return value;
        } finally {
            if (!done) {
                forgetStatements();
            }
        }
    }

    private <T extends @Nullable Object> T transaction(String begin, SqlWork<T> work)
            throws SQLException {
        prepare(begin).execute();
        boolean kept = false;
        try {
            T value = work.in(this);
            prepare("commit").execute();
            kept = true;
            return value;
        } finally {
            if (!kept) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        forgetStatements();
        try {
            run("rollback");
        } catch (SQLException _) {
            // SQLite has rolled back by itself: it does so when the disk is full or fails.
        }
    }

    /** The driver ends a statement that fails; which one that was cannot be asked. */
    private void forgetStatements() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException _) {
                // It is ended already.
            }
        }
        prepared.clear();
    }

    /** Runs a script or a statement that is needed once. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The number that a query of one row and column gives. */
    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
