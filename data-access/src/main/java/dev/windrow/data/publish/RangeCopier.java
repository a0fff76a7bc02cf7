package dev.windrow.data.publish;

import dev.windrow.data.segment.SegmentRange;
import dev.windrow.data.segment.SegmentReader;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Copies ranges one after the other, joining those that are neighbours in their segment, and
 * leaving headers out.
 */
final class RangeCopier {
    /** Bytes per copy, so that flushing begins while one long run is still being copied. */
    private static final long MAX_SPAN = 32L << 20;

    private final SegmentReader reader;
    private final FileChannel out;
    private final EarlyFlush flush;
    private boolean keepHeader;
    private String segment = "";
    private long from;
    private long to;
    private long bytes;
    private long ranges;

    RangeCopier(SegmentReader reader, FileChannel out, EarlyFlush flush, boolean keepFirstHeader) {
        this.reader = reader;
        this.out = out;
        this.flush = flush;
        this.keepHeader = keepFirstHeader;
    }

    void add(SegmentRange range) throws IOException {
        ranges++;
        long start = range.offset();
        if (range.headerLength() > 0) {
            start += keepHeader ? 0 : range.headerLength();
            keepHeader = false;
        }
        if (start == range.end()) {
            return;
        }
        if (start != to || !range.segment().equals(segment)) {
            finish();
            segment = range.segment();
            from = start;
        }
        to = range.end();
    }

    /** Copies what is still held back. */
    void finish() throws IOException {
        while (from < to) {
            long span = Math.min(to - from, MAX_SPAN);
            reader.transfer(segment, from, span, out);
            from += span;
            bytes += span;
            flush.written(bytes);
        }
    }

    /** Bytes copied so far. */
    long bytes() {
        return bytes;
    }

    long ranges() {
        return ranges;
    }
}
