package dev.windrow.protocol.wire;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes messages to a stream of bytes, each at once. Safe for use by several threads.
 *
 * @param <T> what is written
 */
public final class MessageOutput<T> implements AutoCloseable {

    private final MessageCodec<T> codec;
    private final FrameOutput frames;

    public MessageOutput(MessageCodec<T> codec, OutputStream out) {
        this.codec = codec;
        this.frames = new FrameOutput(out);
    }

    /**
     * Writes one message; blocks while the stream takes no more.
     *
     * @throws IOException when the other side is gone
     * @throws WireException when the message is too long; the stream is of no more use then
     */
    public synchronized void send(T message) throws IOException {
        try (WireWriter wire = new WireWriter(frames)) {
            codec.write(message, wire);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        frames.endMessage();
    }

    /** Closes the stream, also while a message is being written. */
    @Override
    public void close() throws IOException {
        frames.close();
    }
}
