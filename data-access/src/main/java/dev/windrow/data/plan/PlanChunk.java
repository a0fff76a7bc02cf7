package dev.windrow.data.plan;

import java.util.Arrays;

/**
 * Some consecutive mini-batches of a plan, as they are stored.
 *
 * @param firstIndex index of the first mini-batch
 * @param itemCounts items per mini-batch
 * @param payload the names, compressed; opaque to everyone but {@link #decode}; not copied
 * @param cursor relative path of the last item, from which a new planner goes on; not copied
 */
// The bytes are big and pass through untouched, so the record shares them instead of copying a
// megabyte per chunk.
@SuppressWarnings("ArrayRecordComponent")
public record PlanChunk(long firstIndex, ItemCounts itemCounts, byte[] payload, byte[] cursor) {
    public PlanChunk {
        if (firstIndex < 0) {
            throw new IllegalArgumentException(
                    "firstIndex: " + firstIndex + " (expected: 0 or more)");
        }
    }

    /** Mini-batches in the chunk. */
    public int count() {
        return itemCounts.size();
    }

    /**
     * Reads a payload back; refuses lengths that do not fit together before anything is allocated
     * for them.
     */
    public static DecodedChunk decode(byte[] payload) {
        return ChunkCodec.decode(payload);
    }

    /**
     * Makes a payload of some mini-batches of another.
     *
     * @param positions in the chunk, from 0 and rising, at least one
     */
    public static byte[] pick(byte[] payload, int[] positions) {
        return ChunkCodec.decode(payload).picked(positions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlanChunk chunk
                && firstIndex == chunk.firstIndex
                && itemCounts.equals(chunk.itemCounts)
                && Arrays.equals(payload, chunk.payload)
                && Arrays.equals(cursor, chunk.cursor);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(firstIndex) * 31 + itemCounts.hashCode();
    }

    @Override
    public String toString() {
        return "PlanChunk[" + firstIndex + ", " + itemCounts + ", " + payload.length + " bytes]";
    }
}
