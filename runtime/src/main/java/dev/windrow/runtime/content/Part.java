package dev.windrow.runtime.content;

/**
 * A part of a file that is uploaded.
 *
 * @param offset of its first byte in the file
 * @param length bytes of the part; 0 only for an empty file
 * @param total bytes of the file
 */
public record Part(long offset, long length, long total) {

    /** Bytes in one part at most. */
    public static final int LENGTH_MOST = 8 << 20;

    public Part {
        boolean fits = offset >= 0 && length >= 0 && total >= 0 && offset <= total - length;
        if (!fits || length > LENGTH_MOST || (length == 0 && total > 0)) {
            throw new IllegalArgumentException(
                    "part: %d bytes from %d of %d (expected: 1 to %d bytes within the file)"
                            .formatted(length, offset, total, LENGTH_MOST));
        }
    }
}
