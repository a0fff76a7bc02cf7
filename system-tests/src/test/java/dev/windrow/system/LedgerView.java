package dev.windrow.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import org.sqlite.SQLiteConfig;

/** Reads a ledger of one job beside the process that writes it. */
final class LedgerView implements AutoCloseable {

    private final Connection connection;
    private final Statement statement;

    private LedgerView(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
    }

    /** What the ledger says at one moment; an empty status while the job is not there. */
    record Moment(String status, int chunks, boolean planComplete, int results) {
        static final Moment NOTHING = new Moment("", 0, false, 0);
    }

    static LedgerView open(Path ledger) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(2_000);
        if (!Files.exists(ledger)) {
            throw new SQLException("no ledger yet");
        }
        return new LedgerView(config.createConnection("jdbc:sqlite:" + ledger));
    }

    Moment now() throws SQLException {
        String question =
                "select status, plan_complete, (select count(*) from plan_chunk), "
                        + "(select count(*) from result) from job";
        try (ResultSet row = statement.executeQuery(question)) {
            if (!row.next()) {
                return Moment.NOTHING;
            }
            return new Moment(row.getString(1), row.getInt(3), row.getInt(2) != 0, row.getInt(4));
        }
    }

    /** Indexes of the mini-batches that have a final result. */
    BitSet committed() throws SQLException {
        BitSet indexes = new BitSet();
        try (ResultSet rows = statement.executeQuery("select id & 4294967295 from result")) {
            while (rows.next()) {
                indexes.set(rows.getInt(1));
            }
        }
        return indexes;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
