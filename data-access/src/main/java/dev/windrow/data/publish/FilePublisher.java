package dev.windrow.data.publish;

import dev.windrow.data.segment.SegmentFolder;
import dev.windrow.data.segment.SegmentRange;
import java.util.Iterator;

/**
 * Puts the committed ranges of a job, in index order, into one file: write, flush, rename, flush of
 * the folder.
 */
public final class FilePublisher {
    private final SegmentFolder segments;

    public FilePublisher(SegmentFolder segments) {
        this.segments = segments;
    }

    /**
     * Blocks until the file is durable at its target. Idempotent: after a kill at any instant a
     * repeat gives the same bytes. On an error nothing is at the target that was not there before,
     * and the temporary file is gone.
     */
    public PublishedFile publish(Iterator<SegmentRange> inIndexOrder, PublishRequest request) {
        throw new UnsupportedOperationException(segments + " " + inIndexOrder + request);
    }
}
