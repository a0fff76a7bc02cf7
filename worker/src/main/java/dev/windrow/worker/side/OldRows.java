package dev.windrow.worker.side;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.segment.DiskFault;
import dev.windrow.disk.FileMark;
import dev.windrow.disk.MarkedCopy;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Rows of another job that a retry puts together with its own, and that only its agents see:
 * whoever makes the plan takes them along, as one more segment.
 *
 * @param file as that job has published it
 * @param mark what it looked like then
 * @param segment where they go
 * @param name of the file in messages
 * @param planned whether that job's plan was complete, so that nothing is to be listed
 */
public record OldRows(Path file, FileMark mark, Path segment, String name, boolean planned) {

    private static final String NEW = ".new-";

    /**
     * Takes them along; does nothing when they were before. Blocks until they are durable.
     *
     * @param planner tells this try from others
     * @return false when it was stopped
     * @throws DataException when they are gone or changed, or the disk refuses
     */
    boolean take(String planner, BooleanSupplier stopped) {
        try {
            if (Files.exists(segment) && Files.size(segment) == mark.bytes()) {
                return true;
            }
            removeLeftovers();
            Path temporary = segment.resolveSibling(segment.getFileName() + NEW + planner);
            return switch (MarkedCopy.make(file, mark, segment, temporary, stopped)) {
                case MADE -> true;
                case STOPPED -> false;
                case CHANGED -> throw refused("has changed since its job wrote it");
            };
        } catch (NoSuchFileException e) {
            throw Files.exists(file)
                    ? DiskFault.writing("segment", segment, e)
                    : refused("is gone");
        } catch (IOException e) {
            throw DiskFault.writing("segment", segment, e);
        }
    }

    /** Whoever was killed has left a part of them, which may be large. */
    private void removeLeftovers() throws IOException {
        String all = segment.getFileName() + NEW + "*";
        try (var found = Files.newDirectoryStream(segment.resolveSibling(""), all)) {
            for (Path one : found) {
                Files.deleteIfExists(one);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private DataException refused(String what) {
        return new DataException(
                DataError.INPUT_MISSING,
                "old rows: %s %s (expected: the file as its job wrote it)".formatted(name, what));
    }
}
