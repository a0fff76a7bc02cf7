package dev.windrow.k8s.fleet;

import dev.windrow.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Numbers of instances, each used once in the life of a job, also over restarts: logs and segments
 * bear them. Not for use by two threads at once.
 */
final class InstanceNumbers {

    private static final int AHEAD = 16;

    private final Path file;
    private int next;
    private int promised;

    /** Numbers that go on where the file says. */
    InstanceNumbers(Path file) throws IOException {
        this.file = file;
        this.next = read(file);
        this.promised = next;
    }

    private static int read(Path file) throws IOException {
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (NoSuchFileException _) {
            return 0;
        } catch (NumberFormatException e) {
            throw new IOException("%s (expected: a number)".formatted(file), e);
        }
    }

    /** The number that comes next. */
    int next() {
        return next;
    }

    /** Uses all numbers below this one; durable when it returns. */
    void use(int below) throws IOException {
        if (below > promised) {
            // Some are skipped after a restart, and most calls need not write.
            int mark = below + AHEAD;
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(fresh.toAbsolutePath().getParent());
            Files.writeString(fresh, mark + "\n");
            DurableFiles.place(fresh, file);
            promised = mark;
        }
        next = Math.max(next, below);
    }
}
