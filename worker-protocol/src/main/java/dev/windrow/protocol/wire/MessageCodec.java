package dev.windrow.protocol.wire;

import java.util.Optional;

/**
 * Writes and reads messages of one kind as JSON.
 *
 * @param <T> the kind
 */
public interface MessageCodec<T> {

    /** Writes one message, whole. */
    void write(T message, WireWriter wire);

    /**
     * Reads one message; empty when it is one of a newer version.
     *
     * @throws WireException when it is no message at all
     */
    Optional<T> read(WireReader wire);
}
