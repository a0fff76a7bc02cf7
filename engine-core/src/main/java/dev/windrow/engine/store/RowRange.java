package dev.windrow.engine.store;

/**
 * The rows of one mini-batch: bytes of a segment.
 *
 * @param segment name of the segment; empty when there are no rows
 * @param offset first byte
 * @param length bytes, head included
 * @param head bytes of a table head that precede the rows, 0 or more
 */
public record RowRange(String segment, long offset, long length, int head) {

    /** No rows at all. */
    public static final RowRange NONE = new RowRange("", 0, 0, 0);

    public RowRange {
        if (offset < 0 || length < 0 || head < 0 || head > length) {
            throw new IllegalArgumentException(
                    "row range: %d + %d, head %d (expected: none negative, head inside)"
                            .formatted(offset, length, head));
        }
    }
}
