package dev.windrow.local;

import dev.windrow.data.RawPath;
import dev.windrow.data.plan.DecodedChunk;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.worker.side.ChunkNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Names of the items in a chunk that an agent of this machine has planned. */
final class ChunkItems implements PlanNames {

    private final DecodedChunk chunk;
    private final int root;
    private byte[] buffer = new byte[0];

    private ChunkItems(DecodedChunk chunk) {
        this.chunk = chunk;
        this.root = chunk.root().length;
    }

    static ChunkItems of(byte[] payload) {
        return new ChunkItems(ChunkNames.chunkOf(payload));
    }

    @Override
    public List<String> of(int place, int most) {
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
