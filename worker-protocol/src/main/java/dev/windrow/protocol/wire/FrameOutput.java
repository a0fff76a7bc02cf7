package dev.windrow.protocol.wire;

import dev.windrow.protocol.Protocol;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Cuts messages into frames: four bytes, of which the first bit says that the message goes on in
 * the next frame and the others the length, big-endian; then that many bytes.
 */
final class FrameOutput extends OutputStream {

    static final int HEAD = 4;
    static final int GOES_ON = 1 << 31;

    /** Well below the longest frame allowed, and enough for most messages to need one only. */
    private static final int BODY = 1 << 18;

    private final OutputStream out;
    private final byte[] frame = new byte[HEAD + BODY];
    private int end = HEAD;
    private long length;

    FrameOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        length += count;
        if (length > Protocol.MESSAGE_MAX) {
            throw new WireException(
                    "message: longer (expected: at most %d bytes)".formatted(Protocol.MESSAGE_MAX));
        }
        int from = offset;
        for (int left = count; left > 0; ) {
            if (end == frame.length) {
                send(GOES_ON);
            }
            int part = Math.min(left, frame.length - end);
            System.arraycopy(bytes, from, frame, end, part);
            end += part;
            from += part;
            left -= part;
        }
    }

    /** Ends a message and hands it over. */
    void endMessage() throws IOException {
        send(0);
        out.flush();
        length = 0;
    }

    private void send(int mark) throws IOException {
        ByteBuffer.wrap(frame).putInt((end - HEAD) | mark);
        out.write(frame, 0, end);
        end = HEAD;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
