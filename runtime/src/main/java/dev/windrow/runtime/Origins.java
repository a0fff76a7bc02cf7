package dev.windrow.runtime;

import dev.windrow.disk.DurableFiles;
import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which index each mini-batch of a retry had in the job that everything began with.
 *
 * @param indexes by the index it has now, rising
 * @param next old index of the first mini-batch that the old job had not planned yet
 */
// Four bytes a mini-batch, read once and never changed.
@SuppressWarnings("ArrayRecordComponent")
record Origins(int[] indexes, int next) {

    private static Path file(JobFolder folder) {
        return folder.root().resolve("retry").resolve("indexes");
    }

    /** Those of a job that is a retry. */
    static Optional<Origins> of(JobFolder folder) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file(folder)));
            int[] indexes = new int[bytes.remaining() / Integer.BYTES - 1];
            int next = bytes.getInt();
            bytes.asIntBuffer().get(indexes);
            return Optional.of(new Origins(indexes, next));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(JobFolder folder) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((indexes.length + 1) * Integer.BYTES);
        bytes.putInt(next).asIntBuffer().put(indexes);
        replace(file(folder), bytes.array());
    }

    static void replace(Path file, byte[] bytes) throws IOException {
        Path folder = file.resolveSibling("");
        DurableFiles.createFolder(folder);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, bytes);
        DurableFiles.place(fresh, file);
    }

    boolean isSame(Origins other) {
        return next == other.next && Arrays.equals(indexes, other.indexes);
    }

    /** The old index of a mini-batch. */
    int of(int index) {
        return index < indexes.length ? indexes[index] : next + index - indexes.length;
    }

    /** The first index now whose old one is at least this. */
    int from(int old) {
        if (old >= next) {
            return indexes.length + old - next;
        }
        int found = Arrays.binarySearch(indexes, old);
        return found >= 0 ? found : -found - 1;
    }
}
