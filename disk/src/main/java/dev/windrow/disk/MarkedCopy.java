package dev.windrow.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/** Copies a file only as it was when it was marked. */
public final class MarkedCopy {

    /** Bytes between two looks whether the copy is still wanted. */
    private static final long PIECE = 64L << 20;

    private MarkedCopy() {}

    /** What became of a copy. */
    public enum Outcome {
        /** It is at its place, whole and durable. */
        MADE,
        /** The file is not what it was; there is no copy. */
        CHANGED,
        /** It was not wanted any more; there is no copy. */
        STOPPED
    }

    /**
     * Copies a file and looks at it again afterwards, so that no later change of it does harm.
     * Blocks until the copy is durable, and replaces what is at its place.
     *
     * @param temporary beside the place; nobody else writes to it
     * @param stopped asked every 64 MiB
     * @throws java.nio.file.NoSuchFileException when the file is gone
     */
    public static Outcome make(
            Path file, FileMark mark, Path place, Path temporary, BooleanSupplier stopped)
            throws IOException {
        try {
            if (!FileMark.of(file).equals(mark)) {
                return Outcome.CHANGED;
            }
            Outcome copied = copy(file, mark.bytes(), temporary, stopped);
            if (copied == Outcome.MADE) {
                if (!FileMark.of(file).equals(mark)) {
                    return Outcome.CHANGED;
                }
                DurableFiles.place(temporary, place);
            }
            return copied;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Outcome copy(Path file, long bytes, Path to, BooleanSupplier stopped)
            throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out =
                        FileChannel.open(
                                to,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < bytes) {
                if (stopped.getAsBoolean()) {
                    return Outcome.STOPPED;
                }
                long moved = in.transferTo(at, Math.min(PIECE, bytes - at), out);
                if (moved <= 0) {
                    return Outcome.CHANGED;
                }
                at += moved;
            }
            return Outcome.MADE;
        }
    }
}
