package dev.windrow.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Gives the write-ahead log its full length before it is needed. A flush of a file that has grown
 * waits for the file system's journal as well, which takes as long again as the flush itself;
 * SQLite writes a log of full length over and over from its start and never grows it.
 *
 * <p>SQLite reads a log up to the first frame that does not continue the one before, so zeros after
 * the last frame are no part of it.
 */
final class LogRoom {

    private static final int PIECE = 1 << 18;

    /** Of a disk that has less than this many times the room, none is taken before it is needed. */
    private static final int PLENTY = 16;

    private LogRoom() {}

    /**
     * Fills the log of this database with zeros up to this length. The caller holds the write lock
     * of the database: two that fill at one time would wipe out each other's frames.
     */
    static void fill(Path database, long length) {
        Path log = database.resolveSibling(database.getFileName() + "-wal");
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            long at = file.size();
            if (at >= length || log.toFile().getUsableSpace() < PLENTY * length) {
                return;
            }
            while (at < length) {
                int size = (int) Math.min(PIECE, length - at);
                at += file.write(ByteBuffer.allocate(size), at);
            }
        } catch (IOException _) {
            // Only speed is lost; what is wrong with the disk shows itself at the next commit.
        }
    }
}
