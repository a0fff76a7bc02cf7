package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/** Brings the schema of a ledger to the version of this program, when it is not there already. */
final class Migrations {

    /** The scripts {@code sqlite/1.sql} to {@code sqlite/VERSION.sql} make the schema. */
    static final int VERSION = 1;

    /** Says in the file's head that it is ours: {@code WNDR}. */
    private static final int APPLICATION = 0x574e4452;

    private Migrations() {}

    static void apply(Session session, Path file) throws SQLException {
        long version = session.reading(s -> checkedVersion(s, file));
        if (version == VERSION) {
            return;
        }
        if (version == 0) {
            session.run("pragma auto_vacuum = incremental");
            writeAhead(session);
        }
        session.writing(s -> {
            // Another process may have done it since.
            for (long next = checkedVersion(s, file) + 1; next <= VERSION; next++) {
                s.run(script(next));
            }
            s.run("pragma application_id = " + APPLICATION);
            s.run("pragma user_version = " + VERSION);
            return VERSION;
        });
    }

    /**
     * Makes the file one with a write-ahead log. SQLite does not wait for others here, so when
     * several make the same ledger at one time, all but one have to try again.
     */
    private static void writeAhead(Session session) throws SQLException {
        for (int tries = LedgerFile.BUSY_MILLIS; ; tries--) {
            try {
                session.number("pragma journal_mode = wal");
                return;
            } catch (SQLException e) {
                if (!Faults.busy(e) || tries == 0) {
                    throw e;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Inside a transaction: another process may be making the ledger. */
    private static long checkedVersion(Session session, Path file) throws SQLException {
        long version = session.number("pragma user_version");
        if (version > VERSION) {
            throw new EngineException(
                    ErrorCode.LEDGER_UNAVAILABLE,
                    "ledger %s: schema version %d (expected: %d or less); it was written by a newer Windrow: use that one"
                            .formatted(file, version, VERSION));
        }
        boolean ours =
                version == 0
                        ? session.number("select count(*) from sqlite_schema") == 0
                        : session.number("pragma application_id") == APPLICATION;
        if (!ours) {
            throw new EngineException(
                    ErrorCode.LEDGER_UNAVAILABLE,
                    "ledger %s: a database of another program (expected: a ledger, or no file)"
                            .formatted(file));
        }
        return version;
    }

    private static String script(long version) {
        String name = "sqlite/" + version + ".sql";
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource: " + name + " (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
