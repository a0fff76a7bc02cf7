package dev.windrow.data.plan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * The mini-batches of one chunk, ready to be handed to workers. Immutable; safe for use by many
 * threads.
 *
 * <p>Positions count from 0 inside the chunk.
 */
public final class DecodedChunk {
    private final byte[] root;
    private final ItemCounts counts;
    private final byte[] names;

    /**
     * Where each mini-batch's names start; one more for the end, as if a NUL followed the last
     * name.
     */
    private final int[] starts;

    DecodedChunk(byte[] root, ItemCounts counts, byte[] names) {
        this.root = root;
        this.counts = counts;
        this.names = names;
        this.starts = new int[counts.size() + 1];
        int at = 0;
        for (int i = 0; i < counts.size(); i++) {
            starts[i] = at;
            at = skipNames(at, counts.get(i));
        }
        starts[counts.size()] = at;
        boolean whole = counts.total() == 0 ? names.length == 0 : at == names.length + 1;
        ChunkCodec.check(
                whole, "names of a plan chunk", names.length + " bytes", "as many names as items");
    }

    /** Mini-batches in the chunk. */
    public int count() {
        return counts.size();
    }

    /** Items of the mini-batch. */
    public int itemCount(int position) {
        return counts.get(position);
    }

    /** The folder all names of the chunk are relative to, ending in a slash. */
    public byte[] root() {
        return root.clone();
    }

    /** Bytes that {@link #appendNames} writes for this mini-batch. */
    public int nameBytes(int position) {
        long bytes =
                Math.max(0, (long) relativeEnd(position) - starts[position])
                        + (long) counts.get(position) * root.length;
        return Math.toIntExact(bytes);
    }

    /**
     * Appends the absolute names, joined by NUL bytes (no NUL at the end). The sink has room for
     * all of them.
     */
    public void appendNames(int position, ByteBuffer sink) {
        int at = starts[position];
        for (int left = counts.get(position); left > 0; left--) {
            int end = nameEnd(at);
            sink.put(root).put(names, at, end - at);
            if (left > 1) {
                sink.put((byte) 0);
            }
            at = end + 1;
        }
    }

    /** The payload of a chunk that holds these mini-batches and no others. */
    byte[] picked(int[] positions) {
        int[] picked = new int[positions.length];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < positions.length; i++) {
            int position = positions[i];
            picked[i] = counts.get(position);
            int length = relativeEnd(position) - starts[position];
            if (picked[i] > 0) {
                if (out.size() > 0) {
                    out.write(0);
                }
                out.write(names, starts[position], length);
            }
        }
        byte[] joined = out.toByteArray();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            return ChunkCodec.encode(root, ItemCounts.of(picked), joined, joined.length, deflater);
        } finally {
            deflater.end();
        }
    }

    private int relativeEnd(int position) {
        return starts[position + 1] - 1;
    }

    private int skipNames(int from, int items) {
        int at = from;
        for (int i = 0; i < items; i++) {
            ChunkCodec.check(
                    at <= names.length,
                    "names of a plan chunk",
                    names.length + " bytes",
                    "as many names as items");
            int end = nameEnd(at);
            ChunkCodec.check(end > at, "name in a plan chunk", "empty", "at least one byte");
            at = end + 1;
        }
        return at;
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < names.length && names[end] != 0) {
            end++;
        }
        return end;
    }
}
