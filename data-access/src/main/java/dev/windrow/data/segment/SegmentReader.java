package dev.windrow.data.segment;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads committed ranges; refuses a range that its segment does not hold.
 *
 * <p>Keeps at most {@value #MAX_OPEN} segments open, the ones used last. Not safe for use by many
 * threads.
 */
public final class SegmentReader implements AutoCloseable {
    private static final int MAX_OPEN = 64;

    private final SegmentFolder segments;
    private final Map<String, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);

    public SegmentReader(SegmentFolder segments) {
        this.segments = segments;
    }

    /** Throws {@code DATA_LOSS} when the segment is missing or shorter than the range. */
    public void validate(SegmentRange range) {
        try {
            long size = channel(range.segment()).size();
            if (size < range.end()) {
                throw lost(range.segment(), size, range.end());
            }
        } catch (IOException e) {
            throw unreadable(range.segment(), e);
        }
    }

    /**
     * Copies bytes of a segment to the target's position, inside the kernel where it can. Throws
     * {@code DATA_LOSS} when the segment ends too early; a fault of the target comes out as it is.
     */
    public void transfer(String segment, long offset, long length, FileChannel target)
            throws IOException {
        FileChannel source = channel(segment);
        long size = source.size();
        if (size < offset + length) {
            throw lost(segment, size, offset + length);
        }
        long at = offset;
        while (at < offset + length) {
            long moved = source.transferTo(at, offset + length - at, target);
            if (moved <= 0) {
                throw lost(segment, source.size(), offset + length);
            }
            at += moved;
        }
    }

    @Override
    public void close() {
        List<FileChannel> channels = new ArrayList<>(open.values());
        open.clear();
        for (FileChannel channel : channels) {
            closeQuietly(channel);
        }
    }

    private FileChannel channel(String segment) {
        FileChannel known = open.get(segment);
        if (known != null) {
            return known;
        }
        if (open.size() >= MAX_OPEN) {
            String oldest = open.keySet().iterator().next();
            FileChannel channel = open.remove(oldest);
            if (channel != null) {
                closeQuietly(channel);
            }
        }
        try {
            FileChannel channel = FileChannel.open(segments.file(segment), StandardOpenOption.READ);
            open.put(segment, channel);
            return channel;
        } catch (IOException e) {
            throw unreadable(segment, e);
        }
    }

    private DataException lost(String segment, long size, long wanted) {
        return new DataException(
                DataError.DATA_LOSS,
                "data loss in segment "
                        + RawPath.printable(segments.file(segment))
                        + ": "
                        + size
                        + " bytes (expected: at least "
                        + wanted
                        + ", which the ledger has committed)");
    }

    private DataException unreadable(String segment, IOException cause) {
        Path file = segments.file(segment);
        String rule =
                cause instanceof NoSuchFileException
                        ? "the file with committed rows"
                        : "a readable file";
        return new DataException(
                DataError.DATA_LOSS,
                "data loss in segment "
                        + RawPath.printable(file)
                        + ": "
                        + cause.getMessage()
                        + " (expected: "
                        + rule
                        + ")",
                cause);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // The descriptor was only read from: nothing can be lost by it.
        }
    }
}
