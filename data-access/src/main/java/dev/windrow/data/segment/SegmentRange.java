package dev.windrow.data.segment;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.util.regex.Pattern;

/**
 * The rows of one committed mini-batch: bytes {@code offset} to {@code offset + length} of a
 * segment.
 *
 * @param segment name of the segment's file in the segment folder
 * @param offset first byte, a header included
 * @param length bytes, a header included
 * @param headerLength bytes at the start of the range that are a header line; 0 when there is none
 */
public record SegmentRange(String segment, long offset, long length, int headerLength) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public SegmentRange {
        checkName(segment);
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw DataException.of(
                    DataError.DATA_LOSS,
                    "segment range",
                    offset + "+" + length,
                    "offset ≥ 0 and length ≥ 0");
        }
        if (headerLength < 0 || headerLength > length) {
            throw DataException.of(
                    DataError.DATA_LOSS, "headerLength", headerLength, "0 to the length " + length);
        }
    }

    /** First byte after the range. */
    public long end() {
        return offset + length;
    }

    static void checkName(String segment) {
        if (!NAME.matcher(segment).matches()) {
            throw DataException.of(DataError.PATH_REFUSED, "segment", segment, NAME.pattern());
        }
    }
}
