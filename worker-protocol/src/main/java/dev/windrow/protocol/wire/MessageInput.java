package dev.windrow.protocol.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads messages from a stream of bytes. Not safe for use by several threads.
 *
 * @param <T> what is read
 */
public final class MessageInput<T> implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final MessageCodec<T> codec;
    private final FrameInput frames;

    public MessageInput(MessageCodec<T> codec, InputStream in) {
        this(codec, new FrameInput(new BufferedInputStream(in, BUFFER)));
    }

    private MessageInput(MessageCodec<T> codec, FrameInput frames) {
        this.codec = codec;
        this.frames = frames;
    }

    /** The same stream, on which messages of another kind follow. */
    public <U> MessageInput<U> followedBy(MessageCodec<U> other) {
        return new MessageInput<>(other, frames);
    }

    /**
     * The next message that this version knows; empty at the end of the stream. Blocks.
     *
     * @throws IOException when the stream fails or ends within a message
     * @throws WireException when something else than messages comes
     */
    public Optional<T> next() throws IOException {
        while (frames.nextMessage()) {
            Optional<T> message = read();
            if (message.isPresent()) {
                return message;
            }
        }
        return Optional.empty();
    }

    /**
     * Hands over every message until the stream ends. Blocks.
     *
     * @throws IOException as {@link #next}
     */
    public void forEach(Consumer<T> taker) throws IOException {
        for (Optional<T> message = next(); message.isPresent(); message = next()) {
            taker.accept(message.get());
        }
    }

    private Optional<T> read() throws IOException {
        try (WireReader wire = new WireReader(frames)) {
            Optional<T> message = codec.read(wire);
            wire.finish();
            return message;
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException | IllegalArgumentException e) {
            throw new WireException("message: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
