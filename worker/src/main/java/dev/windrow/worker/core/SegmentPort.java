package dev.windrow.worker.core;

import java.util.Set;

/** Makes the workers' rows durable. */
public interface SegmentPort {

    /**
     * Blocks until everything written so far to these segments is durable.
     *
     * @throws SegmentException when it cannot be made so
     */
    void flush(Set<String> segments);
}
