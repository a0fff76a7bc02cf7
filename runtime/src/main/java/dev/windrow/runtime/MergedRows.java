package dev.windrow.runtime;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ForwardingJobStore;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.RowRange;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.RowsToTake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of a retry whose rows are put together with those of the old job: asked for results it
 * gives both, by the index that a mini-batch had at first, so that whoever publishes them writes
 * them in this order and once. Everything else is the ledger's own.
 */
final class MergedRows implements ForwardingJobStore {

    private static final int RECORD = 24;
    private static final AttemptFacts ELSEWHERE = new AttemptFacts(LeaseToken.NONE, 0, -1, 0, 0, 0);

    private final JobStore own;
    private final Path ranges;
    private final Origins origins;
    private final boolean byPlanner;

    /**
     * @param byPlanner whether it is the planner that takes the old rows along
     */
    private MergedRows(JobStore own, Path ranges, Origins origins, boolean byPlanner) {
        this.own = own;
        this.ranges = ranges;
        this.origins = origins;
        this.byPlanner = byPlanner;
    }

    /** Removes the old rows that an earlier try has taken along. */
    static void discard(JobFolder folder) throws IOException {
        Files.deleteIfExists(ranges(folder));
        OldPlace.discard(folder);
        Files.deleteIfExists(folder.segments().resolve(RowsToTake.SEGMENT));
    }

    /** Where the ranges of the old rows are; there when rows are to be merged. */
    static Path ranges(JobFolder folder) {
        return folder.root().resolve("retry").resolve("ranges");
    }

    /** The ledger itself for a job that merges nothing. */
    static JobStore around(JobStore store, JobFolder folder) {
        Optional<Origins> origins = Origins.of(folder);
        return origins.isPresent() && Files.exists(ranges(folder))
                ? new MergedRows(
                        store, ranges(folder), origins.get(), OldPlace.of(folder).isPresent())
                : store;
    }

    /** One range as it is written; they come by their index. */
    static void put(ByteBuffer into, int index, RowRange range) {
        into.putInt(index).putLong(range.offset()).putLong(range.length()).putInt(range.head());
    }

    static int recordBytes() {
        return RECORD;
    }

    @Override
    public JobStore store() {
        return own;
    }

    @Override
    public List<ResultStored> results(String job, int from, int limit) {
        List<ResultStored> merged = new ArrayList<>();
        for (ResultStored row : own.results(job, origins.from(from), limit)) {
            merged.add(at(origins.of(row.index()), row));
        }
        if (areTaken(job)) {
            merged.addAll(old(from, limit));
        }
        merged.sort(Comparator.comparingInt(ResultStored::index));
        return merged.size() > limit ? List.copyOf(merged.subList(0, limit)) : merged;
    }

    /** A planner ends only when they are durable; without them the new rows are not lost. */
    private boolean areTaken(String job) {
        return !byPlanner || own.find(job).filter(JobRow::planComplete).isPresent();
    }

    private static ResultStored at(int index, ResultStored row) {
        return new ResultStored(
                index,
                row.outcome(),
                row.items(),
                row.returned(),
                row.rows(),
                row.facts(),
                row.error());
    }

    private List<ResultStored> old(int from, int limit) {
        List<ResultStored> rows = new ArrayList<>();
        try (FileChannel file = FileChannel.open(ranges, StandardOpenOption.READ)) {
            long count = file.size() / RECORD;
            long first = first(file, count, from);
            int wanted = (int) Math.min(limit, count - first);
            ByteBuffer page = ByteBuffer.allocate(wanted * RECORD);
            fill(file, page, first * RECORD);
            for (int i = 0; i < wanted; i++) {
                int index = page.getInt();
                RowRange range =
                        new RowRange(
                                RowsToTake.SEGMENT, page.getLong(), page.getLong(), page.getInt());
                rows.add(
                        new ResultStored(
                                index,
                                ResultOutcome.SUCCEEDED,
                                0,
                                0,
                                range,
                                ELSEWHERE,
                                Optional.empty()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static long first(FileChannel file, long count, int index) throws IOException {
        long low = 0;
        long high = count;
        ByteBuffer one = ByteBuffer.allocate(Integer.BYTES);
        while (low < high) {
            long middle = (low + high) >>> 1;
            fill(file, one.clear(), middle * RECORD);
            if (one.getInt() < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void fill(FileChannel file, ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, at);
            if (read < 0) {
                throw new IOException("ranges of old rows end too early");
            }
            at += read;
        }
        buffer.flip();
    }
}
