package dev.windrow.store;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.jdbc4.JDBC4Connection;

/** The database file and how it is opened. */
final class LedgerFile {

    /** How long a call waits for another process that writes, in milliseconds. */
    static final int BUSY_MILLIS = 10_000;

    /** Pages in the write-ahead log before they are moved into the file: 4 MiB. */
    private static final int CHECKPOINT_PAGES = 1_000;

    /** Room for those pages, each with its head, and for a few more of the group that passes it. */
    private static final long LOG_LENGTH = (CHECKPOINT_PAGES + 50) * (4_096L + 24);

    /** The log is cut back to this after a group that was larger, in bytes. */
    private static final long LOG_LIMIT = 64L << 20;

    private final Path path;

    LedgerFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    /** A connection that flushes at each commit. */
    Session open() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        String name = name();
        // Not through DriverManager: it would look for the drivers of every jar.
        Session session = new Session(new JDBC4Connection("jdbc:sqlite:" + name, name, settings));
        try {
            session.run("pragma synchronous = full");
            session.run("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
            session.run("pragma journal_size_limit = " + LOG_LIMIT);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** Makes room for many groups in the log; inside a transaction that writes. */
    void makeLogRoom() {
        LogRoom.fill(path, LOG_LENGTH);
    }

    /** The driver takes a question mark for the start of settings; a URI has it escaped. */
    private String name() {
        String name = path.toString();
        if (name.indexOf('?') < 0) {
            return name;
        }
        URI uri = path.toUri();
        return "file:" + uri.getRawPath();
    }
}
