package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in the engine's words what SQLite could not do, and what helps. */
final class Faults {

    /** With less free space than this a failed write is taken for a full disk, in bytes. */
    private static final long NO_SPACE = 1 << 20;

    private final Path file;

    Faults(Path file) {
        this.file = file;
    }

    static EngineException closed() {
        return new EngineException(ErrorCode.LEDGER_UNAVAILABLE, "ledger: closed (expected: open)");
    }

    EngineException of(SQLException e) {
        if (e.getCause() instanceof NativeLibraryNotFoundException) {
            return new EngineException(
                    ErrorCode.LEDGER_UNAVAILABLE,
                    "ledger %s: %s; let programs run from the folder %s, or name the library's folder in the property org.sqlite.lib.path"
                            .formatted(
                                    file,
                                    e.getCause().getMessage(),
                                    System.getProperty("java.io.tmpdir")),
                    e);
        }
        int code = primaryCode(e);
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return full(e);
        }
        // Growing the shared-memory file on a full disk is reported as a failed write.
        if (code == SQLiteErrorCode.SQLITE_IOERR.code && free() < NO_SPACE) {
            return full(e);
        }
        String advice = advice(code);
        if (advice.isEmpty()) {
            return new EngineException(
                    ErrorCode.INTERNAL, "ledger %s: %s".formatted(file, e.getMessage()), e);
        }
        return new EngineException(
                ErrorCode.LEDGER_UNAVAILABLE,
                "ledger %s: %s; %s".formatted(file, e.getMessage(), advice),
                e);
    }

    /** True when another connection is in the way. */
    static boolean busy(SQLException e) {
        return primaryCode(e) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    private static int primaryCode(SQLException e) {
        return e instanceof SQLiteException sqlite
                ? sqlite.getResultCode().code & 0xff
                : SQLiteErrorCode.SQLITE_ERROR.code;
    }

    private EngineException full(SQLException e) {
        return new EngineException(
                ErrorCode.DISK_FULL,
                "ledger %s: the disk is full (the ledger has %s, %s are free); make room, then resume the job"
                        .formatted(file, mebibytes(size()), mebibytes(free())),
                e);
    }

    private String advice(int code) {
        return switch (SQLiteErrorCode.getErrorCode(code)) {
            case SQLITE_CORRUPT ->
                    "the file is damaged: put back a copy, or delete it and submit the job anew";
            case SQLITE_NOTADB -> "the file is not a ledger: move it away";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                    "make the file and its folder writable for this user";
            case SQLITE_CANTOPEN ->
                    "see that the folder %s exists and is writable for this user"
                            .formatted(file.getParent());
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                    "another process kept it locked for %d s: end that process"
                            .formatted(LedgerFile.BUSY_MILLIS / 1000);
            case SQLITE_IOERR, SQLITE_NOLFS, SQLITE_NOMEM ->
                    "the disk failed: a ledger needs a local disk, not a network folder";
            default -> ""; // an enum of the driver's with a hundred constants: a fault of ours
        };
    }

    private long size() {
        return sizeOf("") + sizeOf("-wal");
    }

    private long sizeOf(String suffix) {
        try {
            return Files.size(file.resolveSibling(file.getFileName() + suffix));
        } catch (IOException _) {
            return 0;
        }
    }

    private long free() {
        try {
            return Files.getFileStore(file).getUsableSpace();
        } catch (IOException _) {
            return Long.MAX_VALUE;
        }
    }

    private static String mebibytes(long bytes) {
        return bytes == Long.MAX_VALUE
                ? "unknown bytes"
                : "%d.%d MiB".formatted(bytes >> 20, ((bytes & 0xfffff) * 10) >> 20);
    }
}
