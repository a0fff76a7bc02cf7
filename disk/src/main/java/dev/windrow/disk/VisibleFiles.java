package dev.windrow.disk;

import java.io.IOException;
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
 * The files below a folder, or a single file, as somebody far away may see them: nothing outside,
 * nothing that is no ordinary file.
 */
public final class VisibleFiles {

    private final Path root;
    private final boolean single;

    /** One file; its path is relative and has slashes. */
    public record Entry(String path, long bytes, Instant modifiedAt) {}

    /**
     * @param root need not be there: then there are no files
     */
    public VisibleFiles(Path root) {
        this.root = root;
        this.single = Files.isRegularFile(root);
    }

    /**
     * The next files after this path, in the order of their paths; holds no more than it gives.
     *
     * @param most files, at least 1
     * @param wanted by its path
     */
    public List<Entry> after(String last, int most, Predicate<String> wanted) throws IOException {
        PriorityQueue<Entry> first =
                new PriorityQueue<>(Comparator.comparing(Entry::path).reversed());
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        String path = name(file);
                        if (facts.isRegularFile()
                                && path.compareTo(last) > 0
                                && wanted.test(path)) {
                            first.add(entry(path, facts));
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
        List<Entry> entries = new ArrayList<>(first);
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    private static Entry entry(String path, BasicFileAttributes facts) {
        return new Entry(path, facts.size(), facts.lastModifiedTime().toInstant());
    }

    private String name(Path file) {
        return single
                ? String.valueOf(root.getFileName())
                : root.relativize(file)
                        .toString()
                        .replace(root.getFileSystem().getSeparator(), "/");
    }

    /** One file; empty when there is none that may be seen. */
    public Optional<Path> find(String path) {
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

    /** Links are followed only as far as they stay below the root. */
    private boolean inside(Path file) {
        try {
            return file.toRealPath().startsWith(root.toRealPath());
        } catch (IOException _) {
            return false;
        }
    }
}
