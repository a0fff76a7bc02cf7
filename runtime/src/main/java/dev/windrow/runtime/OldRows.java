package dev.windrow.runtime;

import dev.windrow.disk.DurableFiles;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.RowRange;
import dev.windrow.runtime.RetryException.Kind;
import dev.windrow.runtime.compute.JobFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The rows that an ended job has published, mini-batch by mini-batch: they were written in the
 * order of the index, so their lengths say where each begins.
 */
final class OldRows {

    private static final int PAGE = 5_000;

    private final JobFolder folder;
    private final String job;
    private final JobStore store;
    private final JobStatus status;
    private final boolean keepsHeader;

    /**
     * @param store the old job's ledger
     * @param keepsHeader whether the first table head was kept
     */
    OldRows(JobFolder folder, String job, JobStore store, JobStatus status, boolean keepsHeader) {
        this.folder = folder;
        this.job = job;
        this.store = MergedRows.around(store, folder);
        this.status = status;
        this.keepsHeader = keepsHeader;
    }

    private interface Taker {
        void take(int index, RowRange inFile) throws IOException;
    }

    /**
     * The file with the rows, unchanged since the job wrote it.
     *
     * @throws RetryException NOT_MERGEABLE when it cannot be used
     */
    Path checked() {
        try {
            RunRecord record = RunRecord.load(folder).orElseGet(() -> RunRecord.unknown(folder));
            if (record.rows().isEmpty()) {
                throw refused("collects no rows", "one with append_row_to");
            }
            Optional<Path> file = RowsMark.rows(record, status);
            if (record.rows()
                    .map(record.outputs()::get)
                    .filter(VolumePath::isMeantBy)
                    .isPresent()) {
                throw refused("its rows are on a volume that only pods see", "one that ran here");
            }
            if (file.isEmpty() || !Files.isRegularFile(file.get())) {
                throw refused(
                        "its rows are gone from " + file.map(Path::toString).orElse("its output"),
                        "the file as the job wrote it");
            }
            if (!RowsMark.isSame(folder, file.get()) || bytes() != Files.size(file.get())) {
                throw refused(
                        file.get() + " has changed since the job wrote it",
                        "the file as the job wrote it");
            }
            return file.get();
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
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
                taker.take(row.index(), new RowRange(MergedRows.SEGMENT, at, length, head));
                at += length;
            }
        } while (rows.size() == PAGE);
    }

    /** Takes them along into the folder of another job, but for the mini-batches it tries again. */
    void copyInto(JobFolder target, IntPredicate again) throws IOException {
        Path file = checked();
        Path segment = target.segments().resolve(MergedRows.SEGMENT);
        Path fresh = target.segments().resolve(MergedRows.SEGMENT + ".new");
        Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
        if (!RowsMark.isSame(folder, file)) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "job: %s: %s changes now (expected: the file as the job wrote it)"
                            .formatted(job, file));
        }
        DurableFiles.place(fresh, segment);
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
