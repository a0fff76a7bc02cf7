package dev.windrow.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads frames from one worker: whatever has arrived with one read, then frame by frame. */
final class FrameReader {

    private static final int HEAD = 5;

    private final InputStream in;
    private byte[] data = new byte[16 * 1024];
    private int start;
    private int end;

    FrameReader(InputStream in) {
        this.in = in;
    }

    /** One frame; its body is valid until the next call. */
    record Frame(int type, ByteBuffer body) {}

    /** Blocks until at least one more byte has come; false at the end of the stream. */
    boolean fill() throws IOException {
        if (start > 0 && start == end) {
            start = 0;
            end = 0;
        } else if (end == data.length) {
            makeRoom();
        }
        int count = in.read(data, end, data.length - end);
        end += Math.max(count, 0);
        return count >= 0;
    }

    private void makeRoom() {
        byte[] target = start > 0 ? data : new byte[Math.min(data.length * 2, limit())];
        System.arraycopy(data, start, target, 0, end - start);
        data = target;
        end -= start;
        start = 0;
    }

    private static int limit() {
        return Frames.MAX_FROM_WORKER + HEAD;
    }

    /** True when a whole frame is here. */
    boolean hasFrame() throws IOException {
        if (end - start < HEAD) {
            return false;
        }
        int length = length();
        if (length < 1 || length > Frames.MAX_FROM_WORKER) {
            throw new IOException(
                    "frame: %d bytes (expected: 1..%d)".formatted(length, Frames.MAX_FROM_WORKER));
        }
        if (4 + length > data.length) {
            data = Arrays.copyOf(data, limit());
        }
        return end - start >= 4 + length;
    }

    private int length() {
        return ByteBuffer.wrap(data, start, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** The next frame; only after {@link #hasFrame}. */
    Frame next() {
        int length = length();
        int type = data[start + 4];
        ByteBuffer body =
                ByteBuffer.wrap(data, start + HEAD, length - 1)
                        .slice()
                        .order(ByteOrder.LITTLE_ENDIAN);
        start += 4 + length;
        return new Frame(type, body);
    }
}
