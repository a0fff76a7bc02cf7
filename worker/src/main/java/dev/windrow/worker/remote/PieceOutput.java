package dev.windrow.worker.remote;

import dev.windrow.protocol.environment.EnvironmentTurn;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Sends what is written to it in pieces, of which one is in memory. A piece is sent again until it
 * is taken.
 */
final class PieceOutput extends OutputStream {

    private final byte[] piece = new byte[EnvironmentTurn.PIECE_MAX];
    private final Receiver receiver;
    private final MessageDigest digest;
    private int filled;
    private long sent;
    private boolean broken;

    /** Takes pieces. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Takes one; blocks.
         *
         * @param offset bytes before it
         * @throws IOException when it is not taken
         */
        void take(long offset, byte[] bytes) throws IOException;
    }

    PieceOutput(Receiver receiver) {
        this.receiver = receiver;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            int count = Math.min(end - at, piece.length - filled);
            System.arraycopy(bytes, at, piece, filled, count);
            filled += count;
            at += count;
            if (filled == piece.length) {
                send();
            }
        }
    }

    private void send() throws IOException {
        if (broken) {
            // Streams before this one write what they have left when they are closed.
            throw new IOException("a piece was not taken");
        }
        byte[] bytes = filled == piece.length ? piece : Arrays.copyOf(piece, filled);
        broken = true;
        receiver.take(sent, bytes);
        broken = false;
        digest.update(bytes);
        sent += filled;
        filled = 0;
    }

    /** Sends what is left, when all of it was written. */
    void finish() throws IOException {
        if (filled > 0) {
            send();
        }
    }

    /** Bytes that were taken. */
    long sent() {
        return sent;
    }

    /** SHA-256 of all that was taken, in hexadecimal digits; to be asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
