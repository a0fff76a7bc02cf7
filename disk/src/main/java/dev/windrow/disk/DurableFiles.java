package dev.windrow.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Makes what the ledger is about to speak of as durable as the ledger itself. */
public final class DurableFiles {

    private DurableFiles() {}

    /** Blocks until a file's bytes, or the names in a folder, are on disk. */
    public static void flush(Path path) throws IOException {
        // Read-only files can be flushed as well.
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Blocks until a folder with all it holds is on disk. */
    public static void flushTree(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        flush(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException fault) throws IOException {
                        if (fault != null) {
                            throw fault;
                        }
                        flush(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /**
     * Gives a file its name, whole or not at all and instead of what has it; blocks until it is on
     * disk.
     */
    public static void place(Path fresh, Path file) throws IOException {
        flush(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        flush(file.toAbsolutePath().resolveSibling(""));
    }

    /** Makes the folder and its missing parents, each durable before it is used. */
    public static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        @Nullable Path parent = folder.getParent();
        if (parent == null) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        createFolder(parent);
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        flush(parent);
    }
}
