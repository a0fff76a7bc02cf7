package dev.windrow.k8s.fleet;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.runtime.compute.OpenCompute;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The fleet of one job as pods, with the thread that looks after them: at each change of a pod, and
 * once a second. When the server ends before the job, the pods live on, and the next server finds
 * them by their labels.
 */
public final class PodCompute implements OpenCompute {

    private static final long LOOK_MILLIS = 1_000;
    private static final Duration REMOVE_MAX = Duration.ofSeconds(60);

    private final PodFleet fleet;
    private final AutoCloseable connection;
    private final IntFunction<byte[]> configurations;
    private final InstantSource clock;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile Goal goal = Goal.KEEP;

    /** What the thread is there for. */
    private enum Goal {
        KEEP,
        LEAVE,
        REMOVE
    }

    /**
     * @param connection to the cluster; closed at the end
     * @param configurations what the agent of an instance has to be told; may block on the disk
     */
    PodCompute(
            PodFleet fleet,
            AutoCloseable connection,
            IntFunction<byte[]> configurations,
            String job,
            InstantSource clock) {
        this.fleet = fleet;
        this.connection = connection;
        this.configurations = configurations;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("pods-" + job).unstarted(this::run);
        thread.start();
    }

    /** Something about the pods has changed. */
    void wake() {
        news.release();
    }

    @Override
    public void scaleTo(String name, ComputeRequest request) {
        fleet.want(request);
        wake();
    }

    @Override
    public FleetSnapshot observe(String name) {
        return fleet.snapshot();
    }

    @Override
    public boolean knowsItsInstances() {
        return fleet.hasLooked();
    }

    /** Nobody joins pods from elsewhere: the data is on volumes that only pods see. */
    @Override
    public Optional<byte[]> join() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> configuration(int agent) {
        return fleet.snapshot().alive().contains(agent)
                ? Optional.of(configurations.apply(agent))
                : Optional.empty();
    }

    /**
     * Returns at once; what a cluster that is away keeps is removed by a later look for orphans.
     */
    @Override
    public void release(String name) {
        goal = Goal.REMOVE;
        wake();
    }

    @Override
    public void leave(String name) {
        if (goal == Goal.KEEP) {
            goal = Goal.LEAVE;
        }
        wake();
    }

    private void run() {
        try {
            while (goal == Goal.KEEP) {
                fleet.step(clock.instant());
                boolean _ = news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                news.drainPermits();
            }
            if (goal == Goal.REMOVE) {
                remove();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void remove() throws InterruptedException {
        Instant end = clock.instant().plus(REMOVE_MAX);
        boolean removed = false;
        while (!removed && clock.instant().isBefore(end)) {
            try {
                fleet.release();
                removed = true;
            } catch (RefusedException _) {
                boolean _ = news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void close() {
        try {
            connection.close();
        } catch (Exception _) {
            // Nothing more is asked of it.
        }
    }
}
