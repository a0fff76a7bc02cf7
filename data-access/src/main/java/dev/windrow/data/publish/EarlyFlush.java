package dev.windrow.data.publish;

import dev.windrow.architecture.Deviates;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Flushes a file from a second thread while it is still being written, so that the last flush finds
 * little to do.
 *
 * <p>Small files never start the thread.
 */
@Deviates(
        rule = Deviates.Rule.THREADS,
        reason = "The thread lives within one call of publish, which joins it before it returns.")
final class EarlyFlush implements AutoCloseable {
    private static final long STEP = 64L << 20;

    private final FileChannel out;
    private final Semaphore due = new Semaphore(0);
    private final AtomicReference<@Nullable IOException> fault = new AtomicReference<>();
    private @Nullable Thread thread;
    private volatile boolean ended;
    private long next = STEP;

    EarlyFlush(FileChannel out) {
        this.out = out;
    }

    /** Tells how much is written; rethrows what the flushing thread met. */
    void written(long bytes) throws IOException {
        if (bytes < next) {
            return;
        }
        next = bytes + STEP;
        if (thread == null) {
            thread = Thread.ofPlatform().name("publish-flush").daemon().start(this::run);
        }
        due.release();
        rethrow();
    }

    private void run() {
        try {
            due.acquireUninterruptibly();
            while (!ended) {
                due.drainPermits();
                out.force(false);
                due.acquireUninterruptibly();
            }
        } catch (IOException e) {
            fault.set(e);
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        due.release();
        if (thread != null) {
            joinUninterruptibly(thread);
        }
        rethrow();
    }

    private void rethrow() throws IOException {
        IOException met = fault.get();
        if (met != null) {
            throw new IOException(met.getMessage(), met);
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
