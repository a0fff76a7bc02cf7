package dev.windrow.runtime.job;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an ended job needs no more: segments, and the working copies of its instances. */
public final class JobRemains {

    private JobRemains() {}

    /**
     * Removes what a job of this stored status needs no more. Of a completed one that are the
     * segments and all that belonged to instances; of one that has failed or was canceled only the
     * latter, as a resume needs the rows it has; of any other nothing. Idempotent, so that a repeat
     * heals what a kill has left. Blocks on the disk.
     *
     * @return what could not be removed, in one sentence
     */
    public static Optional<String> clear(JobFolder folder, JobStatus stored) {
        if (!stored.terminal()) {
            return Optional.empty();
        }
        try {
            if (stored == JobStatus.COMPLETED) {
                remove(folder.segments());
            }
            remove(folder.root().resolve("instances"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "job folder: %s: not all was removed: %s".formatted(folder.root(), e));
        }
    }

    /** Removes a folder with everything in it; links are removed, not followed. */
    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path at, @Nullable IOException e)
                            throws IOException {
                        Files.deleteIfExists(at);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
