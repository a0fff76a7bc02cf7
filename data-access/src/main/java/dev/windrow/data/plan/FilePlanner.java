package dev.windrow.data.plan;

import dev.windrow.data.listing.FileListing;
import dev.windrow.data.listing.ListingNotice;
import java.util.Iterator;
import java.util.function.Consumer;

/** Cuts a listing into mini-batches of N files, and those into chunks, while the listing runs. */
@SuppressWarnings("DoNotCallSuggester")
public final class FilePlanner implements Iterator<PlanChunk>, AutoCloseable {
    private FilePlanner() {}

    /** A plan from its first mini-batch. */
    public static FilePlanner start(
            FileListing listing, int filesPerMiniBatch, Consumer<ListingNotice> notices) {
        throw new UnsupportedOperationException("" + listing + filesPerMiniBatch + notices);
    }

    /** Goes on after the last stored chunk: the index that comes next, and that chunk's cursor. */
    public static FilePlanner resume(
            FileListing listing,
            int filesPerMiniBatch,
            long nextIndex,
            byte[] cursor,
            Consumer<ListingNotice> notices) {
        throw new UnsupportedOperationException(
                "" + listing + filesPerMiniBatch + nextIndex + cursor.length + notices);
    }

    @Override
    public boolean hasNext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlanChunk next() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
