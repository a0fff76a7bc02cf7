package dev.windrow.data.segment;

/** Makes rows durable that another process has appended; safe for use by many threads. */
public final class SegmentFlusher implements AutoCloseable {
    private final SegmentFolder segments;

    public SegmentFlusher(SegmentFolder segments) {
        this.segments = segments;
    }

    /**
     * Returns when every byte written to the segment before the call is on disk; blocks for one
     * flush.
     */
    public void flush(String segment) {
        throw new UnsupportedOperationException(segments.file(segment).toString());
    }

    /** Forgets a segment that gets no more rows. */
    public void release(String segment) {
        throw new UnsupportedOperationException(segments.file(segment).toString());
    }

    @Override
    public void close() {}
}
