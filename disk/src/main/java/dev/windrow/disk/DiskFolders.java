package dev.windrow.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes and measures folders of a job. Symbolic links are never followed. */
public final class DiskFolders {

    private DiskFolders() {}

    /** Removes a folder with all it holds; does nothing when it is not there. */
    public static void delete(Path folder) throws IOException {
        while (deleteSome(folder, Integer.MAX_VALUE)) {
            // There was more than anybody can count.
        }
    }

    /**
     * Removes a part of what a folder holds, and at last the folder; harmless beside others that do
     * the same.
     *
     * @param most files and folders that are removed, at least 1
     * @return whether there may be more
     */
    public static boolean deleteSome(Path folder, int most) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        Removing removing = new Removing(most);
        Files.walkFileTree(folder, removing);
        return removing.left <= 0;
    }

    /** Ends when it has removed as much as it may. */
    private static final class Removing extends SimpleFileVisitor<Path> {
        private int left;

        Removing(int most) {
            left = most;
        }

        private FileVisitResult removed(Path path) throws IOException {
            Files.deleteIfExists(path);
            return --left > 0 ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            return removed(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
            if (fault instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw fault;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault)
                throws IOException {
            if (fault != null) {
                throw fault;
            }
            return removed(visited);
        }
    }

    /** Bytes of all files in a folder, as far as this user may see them. */
    public static long bytes(Path folder) throws IOException {
        long[] sum = {0};
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                            sum[0] += found.size();
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException fault) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
        return sum[0];
    }
}
