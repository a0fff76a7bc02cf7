package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Problem;
import dev.windrow.disk.VisibleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The files below a folder of this machine, or a single file, as clients may see them. */
final class FileTree {

    private final Path root;
    private final VisibleFiles files;

    FileTree(Path root) {
        this.root = root;
        this.files = new VisibleFiles(root);
    }

    /**
     * The next files after this path, in the order of their paths; holds no more than it gives.
     *
     * @param wanted by its path
     */
    List<VisibleFiles.Entry> after(String last, int most, Predicate<String> wanted) {
        try {
            return files.after(last, most, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One file, ready to be sent.
     *
     * @throws Problem 404 when there is no such file
     */
    Answer.FilePart file(String path, String type) {
        try {
            Optional<Path> file = find(path);
            if (file.isPresent()) {
                return new Answer.FilePart(file.get(), Files.size(file.get()), type, path);
            }
        } catch (IOException _) {
            // Told below like every file that is not there.
        }
        throw notFound(path);
    }

    /** One file; empty when there is none that clients may see. */
    Optional<Path> find(String path) {
        return files.find(path);
    }

    /**
     * Checks a path of a file that need not be there yet.
     *
     * @throws Problem 404 when there can be no such file
     */
    void checkPlace(String path) {
        try {
            Path file = root.resolve(path).normalize();
            if (file.startsWith(root) && !file.equals(root)) {
                return;
            }
        } catch (InvalidPathException _) {
            // Told below.
        }
        throw notFound(path);
    }

    static Problem notFound(String path) {
        return Problem.of(
                404, "FILE_NOT_FOUND", "path: %s (expected: one that is listed)".formatted(path));
    }
}
