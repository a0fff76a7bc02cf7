package dev.windrow.protocol;

/**
 * Bytes of a segment that hold the rows of one mini-batch.
 *
 * @param segment name; empty when there are no rows
 * @param head bytes of a table head before the rows
 */
public record RowSpan(String segment, long offset, long length, int head) {

    /** No rows. */
    public static final RowSpan NONE = new RowSpan("", 0, 0, 0);
}
