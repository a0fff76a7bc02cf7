package dev.windrow.worker.core;

import java.nio.ByteBuffer;

/** The items of the mini-batches of one chunk, by reference. Immutable. */
public interface ItemNames {

    /** How many items the mini-batch at this place of the chunk holds. */
    int count(int place);

    /** How many bytes {@link #write} writes. */
    int length(int place);

    /** Writes the names, raw bytes with a NUL between two, into {@code target}. */
    void write(int place, ByteBuffer target);

    /** Index of the mini-batch at place 0. */
    int first();
}
