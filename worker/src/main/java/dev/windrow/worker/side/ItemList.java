package dev.windrow.worker.side;

import dev.windrow.data.RawPath;
import dev.windrow.data.plan.DecodedChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Names of the items in a chunk of a plan, fit to be shown. Not for use by two threads at once. */
public final class ItemList {

    private final DecodedChunk chunk;
    private final int root;
    private byte[] buffer = new byte[0];

    private ItemList(DecodedChunk chunk) {
        this.chunk = chunk;
        this.root = chunk.root().length;
    }

    /**
     * Those of a chunk's payload.
     *
     * @throws dev.windrow.data.DataException when no planner of ours has written it
     */
    public static ItemList of(byte[] payload) {
        return new ItemList(ChunkNames.chunkOf(payload));
    }

    /**
     * Names of one mini-batch's items, relative to the folder that holds them all.
     *
     * @param place of the mini-batch in its chunk, from 0
     * @param most how many names at most
     */
    public List<String> names(int place, int most) {
        int items = chunk.itemCount(place);
        int length = chunk.nameBytes(place) + items;
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        ByteBuffer names = ByteBuffer.wrap(buffer);
        chunk.appendNames(place, names);
        List<String> shown = new ArrayList<>(Math.min(items, most));
        int from = 0;
        for (int i = 0; i < items && i < most; i++) {
            int end = from;
            while (end < names.position() && buffer[end] != 0) {
                end++;
            }
            shown.add(RawPath.printable(Arrays.copyOfRange(buffer, from + root, end)));
            from = end + 1;
        }
        return shown;
    }
}
