package dev.windrow.worker.ship;

/**
 * Says that from an offset on a file has these bytes, and ends after them as of now.
 *
 * @param file path from the log tree's root, with slashes
 * @param turn grows with each piece, so that one that was held up on its way is known as old
 */
public record Piece(String file, long offset, byte[] bytes, long turn) {

    public Piece {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }
}
