package dev.windrow.data.segment;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import dev.windrow.disk.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes rows durable that another process has appended; safe for use by many threads.
 *
 * <p>Holds one descriptor per segment until {@link #release}; an agent has one open segment per
 * worker.
 */
public final class SegmentFlusher implements AutoCloseable {
    private final SegmentFolder segments;
    private final Map<String, FileChannel> open = new ConcurrentHashMap<>();
    private final Map<String, DataException> refused = new ConcurrentHashMap<>();

    public SegmentFlusher(SegmentFolder segments) {
        this.segments = segments;
    }

    /**
     * Returns when every byte written to the segment before the call is on disk; blocks for one
     * flush. The first flush of a segment also makes its name durable. Throws {@code DATA_LOSS}
     * when the segment is gone, and {@code OUTPUT_UNWRITABLE} or {@code DISK_FULL} when the disk
     * refuses. After the disk has refused once, the segment is refused for good, because the system
     * forgets rows it could not write and would call the next flush a success.
     */
    public void flush(String segment) {
        DataException known = refused.get(segment);
        if (known != null) {
            throw new DataException(known.code(), String.valueOf(known.getMessage()), known);
        }
        try {
            open.computeIfAbsent(segment, this::openDurably).force(false);
        } catch (ClosedChannelException e) {
            // The calling thread was interrupted: that says nothing about the disk, so a later
            // flush may try again.
            open.remove(segment);
            throw DiskFault.writing("segment", segments.file(segment), e);
        } catch (IOException e) {
            DataException fault = DiskFault.writing("segment", segments.file(segment), e);
            refused.put(segment, fault);
            throw fault;
        } catch (UncheckedIOException e) {
            throw opening(segment, Objects.requireNonNull(e.getCause()));
        }
    }

    /** Forgets a segment that gets no more rows; a later flush opens it again. */
    public void release(String segment) {
        FileChannel channel = open.remove(segment);
        if (channel != null) {
            close(channel);
        }
    }

    @Override
    public void close() {
        open.keySet().forEach(this::release);
    }

    private DataException opening(String segment, IOException cause) {
        return cause instanceof NoSuchFileException
                ? new DataException(
                        DataError.DATA_LOSS,
                        "segment: "
                                + RawPath.printable(segments.file(segment))
                                + " (expected: the file its worker made)",
                        cause)
                : DiskFault.writing("segment", segments.file(segment), cause);
    }

    private FileChannel openDurably(String segment) {
        try {
            FileChannel channel =
                    FileChannel.open(segments.file(segment), StandardOpenOption.WRITE);
            DurableFiles.flush(segments.folder());
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is written through this descriptor, so closing it cannot lose anything.
            throw new UncheckedIOException(e);
        }
    }
}
