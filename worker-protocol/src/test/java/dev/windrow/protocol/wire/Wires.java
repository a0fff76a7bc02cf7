package dev.windrow.protocol.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Messages to text and bytes and back. */
final class Wires {

    private Wires() {}

    static <T> String text(MessageCodec<T> codec, T message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WireWriter wire = new WireWriter(out)) {
            codec.write(message, wire);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The text as one frame, read as one message. */
    static <T> Optional<T> read(MessageCodec<T> codec, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameOutput frames = new FrameOutput(bytes);
        frames.write(text.getBytes(StandardCharsets.UTF_8));
        frames.endMessage();
        return input(codec, bytes.toByteArray()).next();
    }

    static <T> MessageInput<T> input(MessageCodec<T> codec, byte[] bytes) {
        return new MessageInput<>(codec, new ByteArrayInputStream(bytes));
    }
}
