package dev.windrow.engine.schedule;

import dev.windrow.engine.minibatch.LeaseToken;

/**
 * The right to work on neighbouring mini-batches of one chunk.
 *
 * @param chunk sequence of the chunk
 * @param from index of the first mini-batch within the job
 * @param to index after the last
 * @param attempt failed attempts before, the same for all
 */
public record Lease(LeaseToken token, int chunk, int from, int to, int attempt) {

    public Lease {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException(
                    "lease: %d..%d (expected: not empty)".formatted(from, to));
        }
    }

    public int size() {
        return to - from;
    }
}
