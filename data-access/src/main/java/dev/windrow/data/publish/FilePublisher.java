package dev.windrow.data.publish;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import dev.windrow.data.segment.DiskFault;
import dev.windrow.data.segment.SegmentFolder;
import dev.windrow.data.segment.SegmentRange;
import dev.windrow.data.segment.SegmentReader;
import dev.windrow.disk.DurableFiles;
import dev.windrow.disk.FileMark;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Objects;

/**
 * Puts the committed ranges of a job, in index order, into one file: write, flush, rename, flush of
 * the folder.
 */
public final class FilePublisher {
    private final SegmentFolder segments;

    public FilePublisher(SegmentFolder segments) {
        this.segments = segments;
    }

    /**
     * Blocks until the file is durable at its target; missing parent folders are made. Idempotent:
     * after a kill at any instant a repeat gives the same bytes. Leftovers of former tries of the
     * same job are removed; nothing else in the folder is touched. A target that is a symbolic link
     * is replaced, not followed.
     *
     * <p>On an error the target is as it was and the temporary file is gone. Throws {@code
     * DATA_LOSS} when a segment does not hold a range, {@code DISK_FULL} and {@code
     * OUTPUT_UNWRITABLE} when the disk refuses. Memory does not grow with the ranges.
     */
    public PublishedFile publish(Iterator<SegmentRange> inIndexOrder, PublishRequest request) {
        Path target = request.target();
        Path folder = Objects.requireNonNull(target.getParent());
        TemporaryName temporary = new TemporaryName(request);
        Path file = folder.resolve(temporary.current());
        try {
            DurableFiles.createFolder(folder);
            if (Files.isDirectory(target)) {
                throw DataException.of(
                        DataError.OUTPUT_UNWRITABLE,
                        "output",
                        RawPath.printable(target),
                        "a file, not a folder");
            }
            temporary.removeLeftovers(folder);
            PublishedFile published = write(inIndexOrder, request, file);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.flush(folder);
            return published;
        } catch (IOException e) {
            DataException fault = DiskFault.writing("output", target, e);
            remove(file, fault);
            throw fault;
        } catch (RuntimeException e) {
            remove(file, e);
            throw e;
        }
    }

    private PublishedFile write(Iterator<SegmentRange> ranges, PublishRequest request, Path file)
            throws IOException {
        try (SegmentReader reader = new SegmentReader(segments);
                FileChannel out =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long copied;
            try (EarlyFlush flush = new EarlyFlush(out)) {
                RangeCopier copier = new RangeCopier(reader, out, flush, request.keepFirstHeader());
                while (ranges.hasNext()) {
                    copier.add(ranges.next());
                }
                copier.finish();
                copied = copier.ranges();
            }
            out.force(true);
            // Its name does not count, so that nobody can have put another in its place.
            return new PublishedFile(request.target(), FileMark.of(file), copied);
        }
    }

    private static void remove(Path file, Exception cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
