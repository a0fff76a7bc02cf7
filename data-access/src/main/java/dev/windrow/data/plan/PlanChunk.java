package dev.windrow.data.plan;

/** Some consecutive mini-batches of a plan, as they are stored. */
@SuppressWarnings({"ArrayRecordComponent", "DoNotCallSuggester"})
public record PlanChunk(long firstIndex, ItemCounts itemCounts, byte[] payload, byte[] cursor) {
    /** Mini-batches in the chunk. */
    public int count() {
        return itemCounts.size();
    }

    /**
     * Reads a payload back; refuses lengths that do not fit together before anything is allocated
     * for them.
     */
    public static DecodedChunk decode(byte[] payload) {
        throw new UnsupportedOperationException("" + payload.length);
    }
}
