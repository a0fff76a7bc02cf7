package dev.windrow.worker.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head and the tail of files that others append to, without stopping them.
 *
 * <p>When a file is larger than three quarters of the limit, its last quarter is copied to {@code
 * NAME.tail}, in place of what was there, and the file is cut back to the first half. Writers go on
 * at the new end, as they opened the file for appending. At the end the tail is put between the
 * head and what came last, after a line that says how much is missing. Punching a hole would lose
 * nothing in between, but leaves a file of gigabytes to readers, and not every file system can.
 *
 * <p>A file never takes more than the limit, and what a writer adds between two checks. Bytes that
 * come between the copy and the cut are lost and have a mark of their own. How many these are is
 * known from where their writer stands, unless it has written again meanwhile: then the mark says
 * "about", and leaves out what came in the very instant of the cut. Not for use by two threads at
 * once.
 */
final class OutputCap {

    private static final int LAST_LOOKS = 8;

    /** A writer stands at its new place a moment after others may write. */
    private static final int POSITION_LOOKS = 20;

    private final long limit;
    private final Map<Path, Cut> cutSoFar = new HashMap<>();

    /**
     * What is missing.
     *
     * @param exact whether it is not more than that
     */
    private record Cut(long bytes, boolean exact) {
        Cut plus(Cut other) {
            return new Cut(bytes + other.bytes, exact && other.exact);
        }
    }

    OutputCap(long limit) {
        this.limit = limit;
    }

    private long head() {
        return limit / 2;
    }

    private long tail() {
        return limit / 4;
    }

    static Path tailOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".tail");
    }

    /** The same for a file that nobody writes to. */
    boolean check(Path file) throws IOException {
        return check(file, WriterPosition.NOBODY);
    }

    /** Cuts the file when it is too large; returns true when it was. A missing file is small. */
    boolean check(Path file, WriterPosition writer) throws IOException {
        try {
            if (Files.size(file) <= head() + tail()) {
                return false;
            }
            cut(file, writer);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void cut(Path file, WriterPosition writer) throws IOException {
        Path tailFile = tailOf(file);
        long former = Files.exists(tailFile) ? tail() : 0;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            LastBytes last = new LastBytes((int) tail());
            long read = Math.max(head(), channel.size() - tail());
            long skipped = read - head();
            for (int look = 0; look < LAST_LOOKS && isLonger(file, channel, read); look++) {
                long next = Math.max(read, channel.size() - tail());
                if (next > read) {
                    skipped += next - read + last.forget();
                }
                read = last.read(channel, next);
            }
            Cut missing = new Cut(skipped + last.trim() + former, true);
            Cut unseen = truncate(channel, read, writer);
            Cut sum = cutSoFar.merge(file, missing, Cut::plus);
            try (FileChannel out =
                    FileChannel.open(
                            tailFile,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                write(out, mark(sum));
                last.write(out);
                if (unseen.bytes() > 0) {
                    write(out, mark(unseen));
                }
            }
            cutSoFar.merge(file, unseen, Cut::plus);
        }
    }

    /**
     * Whether there is more than was read. A change of the file's time waits for a write that goes
     * on, whose end would otherwise not be there yet: one write may bring many megabytes.
     */
    private static boolean isLonger(Path file, FileChannel channel, long read) throws IOException {
        Files.setLastModifiedTime(file, Files.getLastModifiedTime(file));
        return read < channel.size();
    }

    /** Cuts the file back to its head, and tells what was there behind {@code read}. */
    private Cut truncate(FileChannel channel, long read, WriterPosition writer) throws IOException {
        long seen = channel.size();
        channel.truncate(head());
        if (writer.equals(WriterPosition.NOBODY)) {
            return new Cut(seen - read, true);
        }
        OptionalLong position = writer.now();
        for (int look = 0; look < POSITION_LOOKS && position.orElse(seen) < seen; look++) {
            position = writer.now();
        }
        // Who has written since stands within the file.
        long end = Math.max(seen, channel.size() + 1);
        boolean exact = position.isPresent() && position.getAsLong() >= end;
        return new Cut((exact ? position.getAsLong() : seen) - read, exact);
    }

    private ByteBuffer mark(Cut cut) {
        String text =
                "\n[%s%d bytes were cut here; the limit is %d bytes]\n"
                        .formatted(cut.exact() ? "" : "about ", cut.bytes(), limit);
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Puts the tail into the file, when there is one; also one that a killed agent has left. */
    void join(Path file) throws IOException {
        Path tailFile = tailOf(file);
        cutSoFar.remove(file);
        if (!Files.exists(tailFile)) {
            return;
        }
        if (!Files.exists(file)) {
            Files.delete(tailFile);
            return;
        }
        // First everything is in the tail file, so that a kill in between loses nothing.
        try (FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel late =
                        FileChannel.open(
                                tailFile, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            late.position(late.size());
            copy(channel, Math.min(head(), channel.size()), late);
            channel.truncate(head());
            channel.position(channel.size());
            copy(late, 0, channel);
        }
        Files.delete(tailFile);
    }

    static void copy(FileChannel from, long position, FileChannel to) throws IOException {
        long at = position;
        while (at < from.size()) {
            at += from.transferTo(at, from.size() - at, to);
        }
    }

    /** The last bytes that were read, at most so many. */
    private static final class LastBytes {
        private final int most;
        private @Nullable ByteBuffer older;
        private ByteBuffer newer;
        private long dropped;

        LastBytes(int most) {
            this.most = most;
            this.newer = ByteBuffer.allocate(most);
        }

        /** Reads to the end, or to the end of what it can take at once; returns where it is. */
        long read(FileChannel channel, long from) throws IOException {
            if (!newer.hasRemaining()) {
                ByteBuffer before = older;
                dropped += before == null ? 0 : before.position();
                older = newer;
                newer = ByteBuffer.allocate(most);
            }
            int count = channel.read(newer, from);
            return from + Math.max(0, count);
        }

        /** Lets go of everything; returns how much that was. */
        long forget() {
            ByteBuffer before = older;
            long held = (long) newer.position() + (before == null ? 0 : before.position());
            older = null;
            newer.clear();
            return held;
        }

        /** Lets go of what is too much; returns how much that was in all. */
        long trim() {
            ByteBuffer before = older;
            if (before != null) {
                int excess = Math.max(0, before.position() + newer.position() - most);
                dropped += excess;
                older = before.flip().position(excess).slice();
                older.position(older.limit());
            }
            return dropped;
        }

        void write(FileChannel out) throws IOException {
            ByteBuffer before = older;
            if (before != null) {
                OutputCap.write(out, before.flip());
            }
            OutputCap.write(out, newer.flip());
        }
    }
}
