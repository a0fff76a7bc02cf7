package dev.windrow.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints files that grow, each byte once. */
final class Follower {

    private static final int BUFFER = 1 << 16;

    private final Files files;
    private final PrintStream out;
    private final Map<Path, Long> printed = new HashMap<>();

    /** The files that are there now, in the order they are to be printed in. */
    interface Files {
        List<Path> now() throws IOException;
    }

    Follower(Files files, PrintStream out) {
        this.files = files;
        this.out = out;
    }

    /** Whether there was any file so far. */
    boolean found() {
        return !printed.isEmpty();
    }

    /** Prints what is new; returns false when nobody reads it any more. */
    boolean copy() throws IOException {
        for (Path file : files.now()) {
            copy(file);
        }
        return !out.checkError();
    }

    private void copy(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            // One that was cut because it was too long goes on behind the cut.
            long at = Math.min(printed.getOrDefault(file, 0L), in.size());
            // What comes while this is printed is printed the next time.
            long end = in.size();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (at < end) {
                buffer.clear().limit((int) Math.min(BUFFER, end - at));
                int read = in.read(buffer, at);
                if (read < 0) {
                    break;
                }
                out.write(buffer.array(), 0, read);
                at += read;
            }
            printed.put(file, at);
        } catch (NoSuchFileException _) {
            // Gone between two looks, as the tail of a log goes when it is joined.
        }
    }
}
