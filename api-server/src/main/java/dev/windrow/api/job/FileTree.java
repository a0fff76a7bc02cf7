package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The files below a folder, or a single file, as clients may see them: nothing outside, nothing
 * that is no ordinary file.
 */
final class FileTree {

    private final Path root;
    private final boolean single;

    /** One file; its path is relative and has slashes. */
    record Entry(String path, long bytes, Instant modifiedAt) {}

    FileTree(Path root) {
        this.root = root;
        this.single = Files.isRegularFile(root);
    }

    /**
     * The next files after this path, in the order of their paths; holds no more than it gives.
     *
     * @param wanted by its path
     */
    List<Entry> after(String last, int most, Predicate<String> wanted) {
        PriorityQueue<Entry> first =
                new PriorityQueue<>(Comparator.comparing(Entry::path).reversed());
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                            String path = name(file);
                            if (facts.isRegularFile()
                                    && path.compareTo(last) > 0
                                    && wanted.test(path)) {
                                first.add(
                                        new Entry(
                                                path,
                                                facts.size(),
                                                facts.lastModifiedTime().toInstant()));
                                if (first.size() > most) {
                                    first.remove();
                                }
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            // Gone since, or not there yet.
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Entry> entries = new ArrayList<>(first);
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    private String name(Path file) {
        return single
                ? String.valueOf(root.getFileName())
                : root.relativize(file)
                        .toString()
                        .replace(root.getFileSystem().getSeparator(), "/");
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
        try {
            Path file = single ? root : root.resolve(path).normalize();
            boolean named = !single || path.equals(String.valueOf(root.getFileName()));
            return Optional.of(file)
                    .filter(_ -> named)
                    .filter(one -> one.startsWith(root) && Files.isRegularFile(one))
                    .filter(this::inside);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
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

    private static Problem notFound(String path) {
        return Problem.of(
                404, "FILE_NOT_FOUND", "path: %s (expected: one that is listed)".formatted(path));
    }

    /** Links are followed only as far as they stay below the root. */
    private boolean inside(Path file) {
        try {
            return file.toRealPath().startsWith(root.toRealPath());
        } catch (IOException _) {
            return false;
        }
    }
}
