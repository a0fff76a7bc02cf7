package dev.windrow.worker.remote;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets an agent end in order when its process is told to end, by Ctrl-C or by whoever takes the
 * machine away: what is to be done then changes as the agent goes on.
 */
public final class ProcessEnd implements AutoCloseable {

    private final CountDownLatch done = new CountDownLatch(1);
    private Runnable act;
    private boolean begun;

    /**
     * Listens from now on.
     *
     * @param first what to do at first; returns at once
     * @param limit the process ends no later than this after it was told
     */
    public ProcessEnd(Runnable first, Duration limit) {
        this.act = first;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(limit)));
    }

    private void end(Duration limit) {
        if (done.getCount() == 0) {
            return;
        }
        begin();
        try {
            boolean _ = done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() {
        Runnable now;
        synchronized (this) {
            begun = true;
            now = act;
        }
        now.run();
    }

    /** From now on it is this that is to be done; at once, when the process has been told. */
    public void by(Runnable other) {
        boolean late;
        synchronized (this) {
            act = other;
            late = begun;
        }
        if (late) {
            other.run();
        }
    }

    /** True when the process was told to end. */
    public synchronized boolean begun() {
        return begun;
    }

    /** All is done: the process need not wait any longer. */
    @Override
    public void close() {
        done.countDown();
    }
}
