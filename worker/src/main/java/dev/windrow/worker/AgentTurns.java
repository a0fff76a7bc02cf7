package dev.windrow.worker;

import dev.windrow.protocol.EngineMessage;
import dev.windrow.worker.core.AgentCore;
import dev.windrow.worker.core.WorkerEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time step the agent's core, and whoever brings something be that thread when
 * it can: an answer then goes on without waiting for another thread to wake, which would cost more
 * than all the rest of its way.
 *
 * <p>A thread of a worker does all that waits. The engine's thread does only what the engine has to
 * say, which never blocks; what is left it leaves to the agent's own thread, which also ticks. The
 * queues need no bound of their own: the engine has no more to say than it has granted, and workers
 * no more than they were sent.
 */
final class AgentTurns {

    private static final Duration TICK = Duration.ofMillis(100);

    private final AgentCore core;
    private final InstantSource clock;
    private final Queue<EngineMessage> fromEngine = new ConcurrentLinkedQueue<>();
    private final Queue<List<WorkerEvent>> fromWorkers = new ConcurrentLinkedQueue<>();
    private final Semaphore wake = new Semaphore(0);
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean open;
    private volatile @Nullable Throwable fault;

    AgentTurns(AgentCore core, InstantSource clock) {
        this.core = core;
        this.clock = clock;
    }

    /** Takes a message of the engine, on the engine's thread or any other. Does not block. */
    void deliver(EngineMessage message) {
        fromEngine.add(message);
        if (turn.isHeldByCurrentThread()) {
            return;
        }
        if (!open || !turn.tryLock()) {
            wake.release();
            return;
        }
        try {
            step(false);
        } finally {
            turn.unlock();
        }
        if (anythingWaits() || message instanceof EngineMessage.Bye) {
            wake.release();
        }
    }

    /**
     * Takes what a worker has said, on that worker's thread. May block while the engine is behind.
     */
    void take(List<WorkerEvent> events) {
        fromWorkers.add(events);
        // Who holds the turn looks again after it: what is added meanwhile is not forgotten.
        while (open && anythingWaits() && turn.tryLock()) {
            try {
                step(true);
            } finally {
                turn.unlock();
            }
        }
    }

    /** Greets the engine on a connection that has just been made. Blocks for the turn. */
    void greet() {
        turn.lock();
        try {
            core.connected(clock.instant());
        } finally {
            turn.unlock();
        }
    }

    /** Ends as a machine does that is needed elsewhere. Blocks for the turn. */
    void leave() {
        turn.lock();
        try {
            core.leave(clock.instant());
        } finally {
            turn.unlock();
        }
        wake.release();
    }

    /** Wakes the agent's own thread. */
    void wake() {
        wake.release();
    }

    /**
     * Runs the agent on its own thread until it has finished.
     *
     * @throws InterruptedException when it is to end at once
     */
    void run() throws InterruptedException {
        open = true;
        Instant nextTick = clock.instant();
        boolean finished = false;
        while (!finished) {
            turn.lockInterruptibly();
            try {
                Instant now = clock.instant();
                if (!now.isBefore(nextTick)) {
                    nextTick = now.plus(TICK);
                    core.tick(now);
                }
                step(true);
                finished = core.finished() || fault != null;
            } finally {
                turn.unlock();
            }
            if (!finished && !anythingWaits()) {
                boolean _ = wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            }
        }
    }

    /** Nobody steps the core any more. */
    void close() {
        open = false;
        turn.lock();
        try {
            fromEngine.clear();
            fromWorkers.clear();
        } finally {
            turn.unlock();
        }
    }

    /** Whether the engine has said that the job has completed; for whoever saw the agent end. */
    boolean jobCompleted() {
        return core.jobCompleted();
    }

    /** What has gone wrong in the core, on whatever thread. */
    @Nullable Throwable fault() {
        return fault;
    }

    private boolean anythingWaits() {
        return !fromEngine.isEmpty() || !fromWorkers.isEmpty();
    }

    private void step(boolean workersToo) {
        if (fault != null) {
            fromEngine.clear();
            fromWorkers.clear();
            return;
        }
        try {
            Instant now = clock.instant();
            for (EngineMessage m = fromEngine.poll(); m != null; m = fromEngine.poll()) {
                core.handle(m, now);
            }
            for (List<WorkerEvent> events = next(workersToo);
                    events != null;
                    events = next(workersToo)) {
                events.forEach(event -> core.handle(event, now));
            }
            core.settle(now);
        } catch (RuntimeException | Error e) {
            fault = e;
            wake.release();
        }
    }

    private @Nullable List<WorkerEvent> next(boolean workersToo) {
        return workersToo ? fromWorkers.poll() : null;
    }
}
