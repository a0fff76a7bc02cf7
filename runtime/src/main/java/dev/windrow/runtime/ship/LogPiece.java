package dev.windrow.runtime.ship;

/**
 * Says that from an offset on a file has these bytes, and ends after them as of now.
 *
 * @param file path from the log tree's root, with slashes; any text
 * @param turn grows from piece to piece of an agent: one that comes later than its turn changes
 *     nothing; 0 when the agent does not count
 */
public record LogPiece(String file, long offset, byte[] bytes, long turn) {

    public LogPiece {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    /** Where the file ends as of now. */
    long end() {
        return offset + bytes.length;
    }
}
