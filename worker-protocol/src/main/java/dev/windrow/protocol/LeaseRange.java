package dev.windrow.protocol;

/**
 * The right to work on neighbouring mini-batches of one chunk.
 *
 * @param chunk sequence of the chunk
 * @param from index of the first mini-batch within the job
 * @param to index after the last
 * @param attempt failed attempts before, the same for all
 */
public record LeaseRange(Token token, int chunk, int from, int to, int attempt) {

    public LeaseRange {
        if (chunk < 0 || from < 0 || to <= from || attempt < 0) {
            throw new IllegalArgumentException(
                    "lease: chunk %d, %d..%d, attempt %d (expected: not empty, none negative)"
                            .formatted(chunk, from, to, attempt));
        }
    }
}
