package dev.windrow.protocol.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Single messages as text, for carriers that keep them apart by themselves. */
public final class MessageText {

    private MessageText() {}

    /** One line of JSON in ASCII, without its end. */
    public static <T> byte[] write(MessageCodec<T> codec, T message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WireWriter wire = new WireWriter(out)) {
            codec.write(message, wire);
        }
        return out.toByteArray();
    }

    /**
     * Reads what the other side has written; empty when it is a message of a newer version.
     *
     * @throws WireException when it is no message at all
     */
    public static <T> Optional<T> read(MessageCodec<T> codec, byte[] text) {
        try (WireReader wire = new WireReader(new ByteArrayInputStream(text))) {
            Optional<T> message = codec.read(wire);
            wire.finish();
            return message;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new WireException("message: " + e.getMessage(), e);
        }
    }
}
