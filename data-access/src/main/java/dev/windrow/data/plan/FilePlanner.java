package dev.windrow.data.plan;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.listing.FileCursor;
import dev.windrow.data.listing.FileListing;
import dev.windrow.data.listing.ListingNotice;
import dev.windrow.model.PlanLimits;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.zip.Deflater;

/**
 * Cuts a listing into mini-batches of N files, and those into chunks, while the listing runs.
 *
 * <p>A chunk ends after 1 000 mini-batches, or before one that would probably lead it over 1 MiB of
 * names; it always holds at least one mini-batch, whole. The first ones are small, so that work can
 * be given out while the rest of the input is still being listed. Memory is one chunk, plus what
 * the listing holds. A plan beyond {@link PlanLimits} is refused as {@code PLAN_TOO_LARGE}.
 */
public final class FilePlanner implements Iterator<PlanChunk>, AutoCloseable {
    private static final int[] FIRST_CHUNKS = {32, 128, 512};
    private static final int MAX_CHUNK_BYTES = 1 << 20;

    private final FileCursor files;
    private final byte[] root;
    private final int filesPerMiniBatch;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final NameBuffer names = new NameBuffer(ChunkCodec.MAX_RAW_BYTES);
    private final int[] counts = new int[ItemCounts.MAX_SIZE];
    private long nextIndex;
    private int chunksMade;

    private FilePlanner(
            FileListing listing, FileCursor files, int filesPerMiniBatch, long nextIndex) {
        if (filesPerMiniBatch < 1) {
            throw new IllegalArgumentException(
                    "mini_batch_size: " + filesPerMiniBatch + " (expected: 1 or more files)");
        }
        this.root = listing.root();
        this.files = files;
        this.filesPerMiniBatch = filesPerMiniBatch;
        this.nextIndex = nextIndex;
    }

    /** A plan from its first mini-batch. */
    public static FilePlanner start(
            FileListing listing, int filesPerMiniBatch, Consumer<ListingNotice> notices) {
        return new FilePlanner(listing, listing.open(notices), filesPerMiniBatch, 0);
    }

    /**
     * Goes on after the last stored chunk: the index that comes next, and that chunk's cursor. The
     * mini-batches are the same as those of an uninterrupted plan, as long as the files are.
     */
    public static FilePlanner resume(
            FileListing listing,
            int filesPerMiniBatch,
            long nextIndex,
            byte[] cursor,
            Consumer<ListingNotice> notices) {
        return new FilePlanner(
                listing, listing.openAfter(cursor, notices), filesPerMiniBatch, nextIndex);
    }

    /** Blocks on the disk. */
    @Override
    public boolean hasNext() {
        return files.hasNext();
    }

    /** Blocks on the disk until a chunk is full or the listing ends. */
    @Override
    public PlanChunk next() {
        if (!files.hasNext()) {
            throw new NoSuchElementException();
        }
        names.clear();
        int limit = chunkLimit();
        int count = 0;
        byte[] last = {};
        long largest = 0;
        do {
            int before = names.length();
            last = addMiniBatch(count++, last);
            largest = Math.max(largest, names.length() - before);
        } while (count < limit && names.length() + largest <= MAX_CHUNK_BYTES && files.hasNext());
        ItemCounts itemCounts = ItemCounts.of(Arrays.copyOf(counts, count));
        byte[] payload =
                checked(
                        ChunkCodec.encode(
                                root, itemCounts, names.array(), names.length(), deflater));
        PlanChunk chunk = new PlanChunk(nextIndex, itemCounts, payload, last);
        nextIndex += count;
        chunksMade++;
        return chunk;
    }

    private int chunkLimit() {
        long left = PlanLimits.MINI_BATCHES_MAX - nextIndex;
        if (left <= 0) {
            throw DataException.of(
                    DataError.PLAN_TOO_LARGE,
                    "mini_batch_size",
                    "%d, too small for more than %d items"
                            .formatted(
                                    filesPerMiniBatch,
                                    (long) filesPerMiniBatch * PlanLimits.MINI_BATCHES_MAX),
                    "at most %d mini-batches; more files in each"
                            .formatted(PlanLimits.MINI_BATCHES_MAX));
        }
        int usual =
                chunksMade < FIRST_CHUNKS.length ? FIRST_CHUNKS[chunksMade] : ItemCounts.MAX_SIZE;
        return (int) Math.min(left, usual);
    }

    private static byte[] checked(byte[] payload) {
        if (payload.length > PlanLimits.PAYLOAD_MAX) {
            throw DataException.of(
                    DataError.PLAN_TOO_LARGE,
                    "mini_batch_size",
                    "file names of one mini-batch of %d bytes when compressed"
                            .formatted(payload.length),
                    "at most %d; fewer files in each".formatted(PlanLimits.PAYLOAD_MAX));
        }
        return payload;
    }

    private byte[] addMiniBatch(int position, byte[] before) {
        byte[] last = before;
        int items = 0;
        while (items < filesPerMiniBatch && files.hasNext()) {
            last = files.next();
            names.add(last);
            items++;
        }
        counts[position] = items;
        return last;
    }

    @Override
    public void close() {
        files.close();
        deflater.end();
    }
}
