package dev.windrow.protocol.wire;

import dev.windrow.protocol.Protocol;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Joins the frames of a message: to its reader each message is a stream of its own. */
final class FrameInput extends InputStream {

    private final InputStream in;
    private final byte[] one = new byte[1];
    private int left;
    private boolean last = true;
    private long length;

    FrameInput(InputStream in) {
        this.in = in;
    }

    /** Goes to the next message; false at the end of the stream. Blocks. */
    boolean nextMessage() throws IOException {
        length = 0;
        return nextFrame();
    }

    private boolean nextFrame() throws IOException {
        byte[] head = in.readNBytes(FrameOutput.HEAD);
        if (head.length == 0) {
            return false;
        }
        if (head.length < FrameOutput.HEAD) {
            throw new EOFException("frame: cut off in its head (expected: whole)");
        }
        int bits = ByteBuffer.wrap(head).getInt();
        last = (bits & FrameOutput.GOES_ON) == 0;
        left = bits & ~FrameOutput.GOES_ON;
        length += left;
        if (left == 0 || left > Protocol.FRAME_MAX || length > Protocol.MESSAGE_MAX) {
            throw new WireException(
                    "frame: %d bytes (expected: 1 to %d, and at most %d in one message)"
                            .formatted(left, Protocol.FRAME_MAX, Protocol.MESSAGE_MAX));
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (left == 0 && (last || !goesOn())) {
            return -1;
        }
        int got = in.read(target, offset, Math.min(count, left));
        if (got < 0) {
            throw new EOFException("frame: cut off (expected: whole)");
        }
        left -= got;
        return got;
    }

    private boolean goesOn() throws IOException {
        if (!nextFrame()) {
            throw new EOFException("message: cut off (expected: whole)");
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
