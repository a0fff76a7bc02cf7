package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.store.register.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does what takes its time with clusters, a few at once, each within a time limit that begins when
 * it is asked for. Whatever a cluster does, every piece of work has exactly one end: its own, or
 * that of the limit. Only when the server ends before is there none, for the next one begins anew.
 */
final class ClusterWork implements AutoCloseable {

    private static final int AT_ONCE = 8;
    private static final int WAITING = 64;
    private static final long TRY_AGAIN_SECONDS = 1;

    private final Duration limit;
    private final InstantSource clock;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    AT_ONCE,
                    AT_ONCE,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING),
                    Thread.ofPlatform().daemon().name("cluster-", 0).factory());
    private final ScheduledThreadPoolExecutor limits =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("cluster-limits").factory());

    ClusterWork(Duration limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        limits.setRemoveOnCancelPolicy(true);
    }

    /** What is to be done. */
    interface Work<T> {
        T within(Instant until) throws InterruptedException;
    }

    /** Hears of the one end; tells the register. */
    interface End<T> {
        void of(Optional<T> result, Optional<Fault> fault);
    }

    /** One piece of work that has not ended. */
    private static final class Running {
        private @Nullable Future<?> thread;
        private @Nullable Future<?> limit;

        synchronized void holds(@Nullable Future<?> work, @Nullable Future<?> end) {
            thread = work;
            limit = end;
        }

        synchronized void letGo() {
            if (limit != null) {
                limit.cancel(false);
            }
            if (thread != null) {
                thread.cancel(true);
            }
        }
    }

    /** Whether one more would be taken. */
    boolean hasRoom() {
        return threads.getQueue().remainingCapacity() > 0;
    }

    /**
     * Begins a piece of work; returns at once.
     *
     * @param id of the operation, unique
     */
    <T> void begin(String id, Work<T> work, End<T> end) {
        Instant until = clock.instant().plus(limit);
        Running one = new Running();
        running.put(id, one);
        try {
            Future<?> thread = threads.submit(() -> run(id, work, end, until));
            Future<?> atLimit =
                    limits.schedule(
                            () -> atLimit(id, one, end), limit.toMillis(), TimeUnit.MILLISECONDS);
            one.holds(thread, atLimit);
        } catch (RejectedExecutionException _) {
            finish(id, end, Optional.empty(), Optional.of(tooMuch()));
        }
    }

    private <T> void atLimit(String id, Running one, End<T> end) {
        String message =
                "no answer from the cluster (expected: within %d seconds)"
                        .formatted(Math.max(1, limit.toSeconds()));
        finish(id, end, Optional.empty(), Optional.of(new Fault("CLUSTER_TIMEOUT", message)));
        one.letGo();
    }

    private static Fault tooMuch() {
        return new Fault(
                "TOO_MANY_OPERATIONS", "operations: too many at one time (expected: try again)");
    }

    private <T> void run(String id, Work<T> work, End<T> end, Instant until) {
        Optional<T> result = Optional.empty();
        Optional<Fault> fault = Optional.empty();
        try {
            result = Optional.of(work.within(until));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            fault = Optional.of(new Fault("INTERRUPTED", "it was broken off"));
        } catch (ClusterException told) {
            fault = Optional.of(new Fault(told.code(), String.valueOf(told.getMessage())));
        } catch (EngineException known) {
            fault = Optional.of(new Fault(known.code().name(), String.valueOf(known.getMessage())));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
            fault = Optional.of(new Fault("CLUSTER_PROVIDER_FAILED", broken.toString()));
        }
        // A thread that the server's end has interrupted has nothing to say.
        if (!isClosing()) {
            finish(id, end, result, fault);
        }
    }

    private <T> void finish(String id, End<T> end, Optional<T> result, Optional<Fault> fault) {
        Running one = running.remove(id);
        if (one == null) {
            return;
        }
        tell(end, result, fault);
        synchronized (one) {
            if (one.limit != null) {
                one.limit.cancel(false);
            }
        }
    }

    /** A disk that is full for a while must not leave a compute on its way for ever. */
    private <T> void tell(End<T> end, Optional<T> result, Optional<Fault> fault) {
        try {
            end.of(result, fault);
        } catch (EngineException e) {
            if (!isClosing()) {
                Future<?> _ =
                        limits.schedule(
                                () -> tell(end, result, fault),
                                TRY_AGAIN_SECONDS,
                                TimeUnit.SECONDS);
            }
        }
    }

    /** Lets some time pass; returns at once when the server ends. */
    boolean pause(long millis) throws InterruptedException {
        return !closing.await(millis, TimeUnit.MILLISECONDS);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        limits.shutdownNow();
        threads.shutdownNow();
    }
}
