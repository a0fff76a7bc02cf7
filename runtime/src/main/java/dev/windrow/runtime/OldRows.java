package dev.windrow.runtime;

import dev.windrow.disk.DurableFiles;
import dev.windrow.disk.FileMark;
import dev.windrow.disk.MarkedCopy;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.RowRange;
import dev.windrow.runtime.RetryException.Kind;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.RowsToTake;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The rows that an ended job has published, mini-batch by mini-batch: they were written in the
 * order of the index, so their lengths say where each begins.
 */
final class OldRows {

    private static final int PAGE = 5_000;
    private static final String AS_WRITTEN = "the file as the job wrote it";

    private final JobFolder folder;
    private final String job;
    private final JobStore store;
    private final JobStatus status;
    private final Optional<FileMark> mark;
    private final boolean keepsHeader;

    /**
     * @param store the old job's ledger
     * @param mark what its rows looked like when they were published
     * @param keepsHeader whether the first table head was kept
     */
    OldRows(
            JobFolder folder,
            JobRow row,
            JobStore store,
            Optional<FileMark> mark,
            boolean keepsHeader) {
        this.folder = folder;
        this.job = row.name();
        this.store = MergedRows.around(store, folder);
        this.status = row.status();
        this.mark = mark;
        this.keepsHeader = keepsHeader;
    }

    /**
     * The file that holds them.
     *
     * @param place as the job's record tells it
     * @param unseen whether it is on a volume that only pods see
     */
    private record Source(String place, FileMark mark, boolean unseen) {}

    private interface Taker {
        void take(int index, RowRange inFile) throws IOException;
    }

    /**
     * Checks that they are there, unchanged since the job wrote them. Of a volume that only pods
     * see it finds out what the ledger knows; those who take them along find out the rest.
     *
     * @throws RetryException NOT_MERGEABLE when they cannot be used
     */
    void check() {
        try {
            Source _ = source();
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
    }

    private Source source() throws IOException {
        RunRecord record = RunRecord.load(folder).orElseGet(() -> RunRecord.unknown(folder));
        if (record.rows().isEmpty()) {
            throw refused("collects no rows", "one with append_row_to");
        }
        Optional<String> place =
                status == JobStatus.COMPLETED
                        ? record.rows().map(record.outputs()::get)
                        : record.partial();
        if (place.isEmpty() || mark.isEmpty()) {
            throw refused("it has published no rows", "one that has, all or partial ones");
        }
        boolean unseen = record.volumePath(place.get()).isPresent();
        if (!unseen && !Files.isRegularFile(Path.of(place.get()))) {
            throw refused("its rows are gone from " + place.get(), AS_WRITTEN);
        }
        boolean same = unseen || FileMark.of(Path.of(place.get())).equals(mark.get());
        if (!same || bytes() != mark.get().bytes()) {
            throw refused(place.get() + " has changed since the job wrote it", AS_WRITTEN);
        }
        return new Source(place.get(), mark.get(), unseen);
    }

    private RetryException refused(String what, String rule) {
        return new RetryException(
                Kind.NOT_MERGEABLE, "job: %s: %s (expected: %s)".formatted(job, what, rule));
    }

    private long bytes() throws IOException {
        long[] end = {0};
        each((_, range) -> end[0] = range.offset() + range.length());
        return end[0];
    }

    private void each(Taker taker) throws IOException {
        boolean keepHeader = keepsHeader;
        long at = 0;
        int from = 0;
        List<ResultStored> rows;
        do {
            rows = store.results(job, from, PAGE);
            for (ResultStored row : rows) {
                RowRange range = row.rows();
                from = row.index() + 1;
                int head = range.head() > 0 && keepHeader ? range.head() : 0;
                long length = range.length() - range.head() + head;
                keepHeader &= range.head() == 0;
                taker.take(row.index(), new RowRange(RowsToTake.SEGMENT, at, length, head));
                at += length;
            }
        } while (rows.size() == PAGE);
    }

    /**
     * Has a retry take them along, but for the mini-batches it tries again: copies them into its
     * folder, or leaves word where its agents find them.
     *
     * @param planned whether the old job's plan is complete
     */
    void takeInto(JobFolder target, boolean planned, IntPredicate again) throws IOException {
        Source source = source();
        if (source.unseen()) {
            OldPlace.save(target, new RowsToTake(source.place(), source.mark(), planned));
        } else {
            copy(source, target);
        }
        ranges(target, again);
    }

    private void copy(Source source, JobFolder target) throws IOException {
        Path file = Path.of(source.place());
        Path segment = target.segments().resolve(RowsToTake.SEGMENT);
        Path fresh = segment.resolveSibling(segment.getFileName() + ".new");
        if (MarkedCopy.make(file, source.mark(), segment, fresh, () -> false)
                != MarkedCopy.Outcome.MADE) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "job: %s: %s changes now (expected: %s)".formatted(job, file, AS_WRITTEN));
        }
    }

    private void ranges(JobFolder target, IntPredicate again) throws IOException {
        Path ranges = MergedRows.ranges(target);
        Path written = ranges.resolveSibling("ranges.new");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(written))) {
            ByteBuffer one = ByteBuffer.allocate(MergedRows.recordBytes());
            each((index, range) -> {
                if (range.length() > 0 && !again.test(index)) {
                    MergedRows.put(one.clear(), index, range);
                    out.write(one.array());
                }
            });
        }
        DurableFiles.place(written, ranges);
    }
}
