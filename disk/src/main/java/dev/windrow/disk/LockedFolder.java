package dev.windrow.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one process at a time changes: its file {@code lock} is locked by the operating
 * system, as programs in other languages do it with {@code lockf}. The lock ends with the process,
 * which had better ask for it in one place: a second try in the same process ends the first one's.
 */
public final class LockedFolder implements AutoCloseable {

    private final FileChannel channel;

    private LockedFolder(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a folder that is there; never waits.
     *
     * @return empty while somebody else has it, or when it has just been moved away
     * @throws NoSuchFileException when it is not there
     */
    public static Optional<LockedFolder> tryTake(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        @Nullable Object before = key(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            @Nullable Object opened = before == null ? key(file) : before;
            // Another may have moved the folder away before the lock was had.
            taken = channel.tryLock() != null && Objects.equals(opened, key(file));
            return taken ? Optional.of(new LockedFolder(channel)) : Optional.empty();
        } catch (OverlappingFileLockException _) {
            return Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
