package dev.windrow.data.plan;

import java.nio.ByteBuffer;

/** The mini-batches of one chunk, ready to be handed to workers. */
public final class DecodedChunk {
    DecodedChunk() {}

    /** Mini-batches in the chunk. */
    public int count() {
        throw new UnsupportedOperationException();
    }

    public int itemCount(int position) {
        throw new UnsupportedOperationException("" + position);
    }

    /** Bytes that {@link #appendNames} writes for this mini-batch. */
    public int nameBytes(int position) {
        throw new UnsupportedOperationException("" + position);
    }

    /** Appends the absolute names, joined by NUL bytes (no NUL at the end). */
    public void appendNames(int position, ByteBuffer sink) {
        throw new UnsupportedOperationException("" + position + sink);
    }
}
