package dev.windrow.protocol.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the heads of frames as another implementation would. */
final class FrameLengths {

    private FrameLengths() {}

    static List<Integer> of(byte[] bytes) {
        List<Integer> lengths = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            int length = buffer.getInt() & Integer.MAX_VALUE;
            lengths.add(length);
            buffer.position(buffer.position() + length);
        }
        return lengths;
    }
}
