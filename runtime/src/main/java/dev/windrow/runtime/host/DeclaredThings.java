package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes what was declared: datastores at once, computes by a thread of its own, which ends when all
 * of them have succeeded or when this is closed.
 */
public final class DeclaredThings implements AutoCloseable {

    private static final String WORKSPACE = "default";
    private static final int LOOK_MILLIS = 1_000;

    private final List<DeclaredCompute> computes;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private DeclaredThings(List<DeclaredCompute> computes, InstantSource clock) {
        this.computes = computes;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("declared").unstarted(this::follow);
    }

    /**
     * Begins; when it returns, datastores are there and each compute has been asked for once.
     *
     * @param told hears what cannot be had, one sentence each; also later, from another thread
     */
    public static DeclaredThings begin(
            JobHost host, Declared declared, Consumer<String> told, InstantSource clock) {
        for (Declared.Datastore one : declared.datastores()) {
            try {
                host.datastores().put(WORKSPACE, one.name(), one.wanted(), DeclaredCompute.USER);
            } catch (HostRefusal | EngineException e) {
                told.accept("datastore %s: %s".formatted(one.name(), e.getMessage()));
            }
        }
        List<DeclaredCompute> computes = new ArrayList<>();
        for (Declared.Compute one : declared.computes()) {
            computes.add(new DeclaredCompute(WORKSPACE, one, host.computes(), told));
        }
        DeclaredThings things = new DeclaredThings(computes, clock);
        if (!things.allSettled()) {
            things.thread.start();
        }
        return things;
    }

    private boolean allSettled() {
        computes.forEach(one -> one.tick(clock.instant()));
        return computes.stream().allMatch(DeclaredCompute::settled);
    }

    private void follow() {
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !allSettled()) {
                // On to the next look.
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when its thread has ended. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
