package dev.windrow.worker.side;

import dev.windrow.data.plan.DecodedChunk;
import dev.windrow.data.plan.PlanChunk;
import dev.windrow.worker.core.ItemNames;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The names of one chunk. Its payload is the index of its first mini-batch, then the plan's own.
 */
public record ChunkNames(int first, DecodedChunk chunk) implements ItemNames {

    private static final int HEAD = 4;

    /** The payload that the engine carries for a chunk. */
    static byte[] payload(PlanChunk chunk) {
        return ByteBuffer.allocate(HEAD + chunk.payload().length)
                .putInt(Math.toIntExact(chunk.firstIndex()))
                .put(chunk.payload())
                .array();
    }

    /**
     * The names in such a payload.
     *
     * @throws dev.windrow.data.DataException when no planner of ours has written it
     */
    public static ItemNames of(byte[] payload) {
        return read(payload);
    }

    /** The plan's own chunk in such a payload. */
    public static DecodedChunk chunkOf(byte[] payload) {
        return read(payload).chunk();
    }

    /**
     * Makes a payload of some mini-batches of another.
     *
     * @param first index of the first one in its new plan
     * @param places in the chunk, from 0 and rising, at least one
     */
    public static byte[] pick(byte[] payload, int first, int[] places) {
        byte[] plan = Arrays.copyOfRange(payload, HEAD, payload.length);
        byte[] picked = PlanChunk.pick(plan, places);
        return ByteBuffer.allocate(HEAD + picked.length).putInt(first).put(picked).array();
    }

    private static ChunkNames read(byte[] payload) {
        ByteBuffer buffer = ByteBuffer.wrap(payload);
        int first = buffer.getInt();
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return new ChunkNames(first, PlanChunk.decode(rest));
    }

    @Override
    public int count(int place) {
        return chunk.itemCount(place);
    }

    @Override
    public int length(int place) {
        return chunk.nameBytes(place);
    }

    @Override
    public void write(int place, ByteBuffer target) {
        chunk.appendNames(place, target);
    }
}
