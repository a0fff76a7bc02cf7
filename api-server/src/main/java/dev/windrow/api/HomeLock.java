package dev.windrow.api;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Sees to it that a home has one server at a time; the system frees it when the process dies. */
final class HomeLock implements AutoCloseable {

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the home; makes its folder for the server.
     *
     * @throws EngineException JOB_OWNED_ELSEWHERE when another server has it
     */
    static HomeLock take(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("server"));
        Path file = folder.resolve("lock");
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Another server in this very process.
        }
        if (lock == null) {
            String owner = Files.readString(file).strip();
            channel.close();
            throw new EngineException(
                    ErrorCode.JOB_OWNED_ELSEWHERE,
                    "home: %s (expected: one without a running server; process %s runs one on it)"
                            .formatted(home, owner.isEmpty() ? "unknown" : owner));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.UTF_8)));
        return new HomeLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
