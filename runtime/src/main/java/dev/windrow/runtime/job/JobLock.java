package dev.windrow.runtime.job;

import dev.windrow.disk.DurableFiles;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a job: a lock of the operating system on its folder, which ends with the process
 * whatever becomes of it.
 */
public final class JobLock implements AutoCloseable {

    /** Whoever only looks whether a job is owned holds its lock for a moment. */
    private static final int PROBES = 3;

    private static final Duration PROBE = Duration.ofMillis(5);

    private final FileChannel channel;

    private JobLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, or throws within some 20 ms when another process holds it.
     *
     * @throws EngineException JOB_OWNED_ELSEWHERE, with the pid of the owner
     */
    public static JobLock take(JobFolder folder, String job) {
        try {
            DurableFiles.createFolder(folder.root());
            Optional<JobLock> lock = tryTake(folder);
            for (int i = 0; lock.isEmpty() && i < PROBES; i++) {
                LockSupport.parkNanos(PROBE.toNanos());
                lock = tryTake(folder);
            }
            return lock.orElseThrow(() ->
                    new EngineException(
                            ErrorCode.JOB_OWNED_ELSEWHERE,
                            "job: %s is being run by process %s (expected: one owner)"
                                    .formatted(job, owner(folder).orElse("unknown"))));
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.LEDGER_UNAVAILABLE,
                    "job folder: %s (expected: a folder this user may write): %s"
                            .formatted(folder.root(), e.getMessage()),
                    e);
        }
    }

    private static Optional<JobLock> tryTake(JobFolder folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.lock(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            // The first byte is the lock; the owner's pid stands behind it for others to read.
            lock = channel.tryLock(0, 1, false);
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        byte[] pid = (" " + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
        return Optional.of(new JobLock(channel));
    }

    /** The pid of the process that took the lock last. */
    public static Optional<String> owner(JobFolder folder) {
        try {
            String text = Files.readString(folder.lock(), StandardCharsets.ISO_8859_1).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** True when some process holds the job's lock now. */
    public static boolean isHeld(JobFolder folder) {
        if (!Files.exists(folder.lock())) {
            return false;
        }
        try (FileChannel channel =
                FileChannel.open(
                        folder.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = channel.tryLock(0, 1, true);
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock is gone either way.
        }
    }
}
