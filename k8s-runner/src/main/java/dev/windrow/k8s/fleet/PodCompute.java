package dev.windrow.k8s.fleet;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodOrder;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.OpenCompute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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
    private final AgentTexts texts;
    private final InstantSource clock;
    private final Semaphore news;
    private final Thread thread;
    private volatile Goal goal = Goal.KEEP;

    /** What the thread is there for. */
    private enum Goal {
        KEEP,
        LEAVE,
        REMOVE
    }

    /**
     * What a fleet is made of.
     *
     * @param numbers file that keeps the numbers of instances
     */
    public record Plan(ClusterTarget target, ObjectNames names, PodOrder order, Path numbers) {}

    /**
     * Connects to the cluster; asks it for nothing before the fleet is asked to scale, but to be
     * told of pods that are there.
     *
     * @param tokens makes tokens of the job
     * @throws dev.windrow.runtime.compute.ClusterException when nobody says how to get in
     */
    public static PodCompute open(
            PodWatches watches,
            Plan plan,
            EngineDoor door,
            Supplier<String> tokens,
            AgentTexts texts,
            InstantSource clock) {
        InstanceNumbers numbers = numbers(plan.numbers());
        PodWatches.Lease lease = watches.open(plan.target());
        PodFleet fleet =
                new PodFleet(plan.names(), plan.order(), lease.pods(), numbers, door, tokens);
        if (texts.wantEnvironment()) {
            fleet.prepareFirst();
        }
        Semaphore news = new Semaphore(0);
        AutoCloseable watching = lease.pods().watch(plan.names().fleet(), news::release);
        return new PodCompute(
                fleet,
                news,
                () -> {
                    watching.close();
                    lease.end().run();
                },
                texts,
                plan.names().job(),
                clock);
    }

    private static InstanceNumbers numbers(Path file) {
        try {
            return new InstanceNumbers(file);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.OUTPUT_UNWRITABLE, "job folder: %s".formatted(e.getMessage()), e);
        }
    }

    /**
     * @param news of something that has changed about the pods
     * @param connection to the cluster; closed at the end
     * @param texts what agents are told
     */
    PodCompute(
            PodFleet fleet,
            Semaphore news,
            AutoCloseable connection,
            AgentTexts texts,
            String job,
            InstantSource clock) {
        this.fleet = fleet;
        this.news = news;
        this.connection = connection;
        this.texts = texts;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("pods-" + job).unstarted(this::run);
        thread.start();
    }

    private void wake() {
        news.release();
    }

    @Override
    public void scaleTo(String name, ComputeRequest request) {
        fleet.want(request);
        wake();
    }

    @Override
    public void unheard(String name, Set<Integer> instances) {
        fleet.unheard(instances);
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

    @Override
    public boolean isAsked() {
        return fleet.wanted().isPresent();
    }

    /** Nobody joins pods from elsewhere: the data is on volumes that only pods see. */
    @Override
    public Optional<byte[]> join() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> configuration(int agent) {
        Optional<ComputeRequest> request = fleet.wanted();
        if (request.isEmpty() || !fleet.snapshot().alive().contains(agent)) {
            return Optional.empty();
        }
        try {
            return Optional.of(texts.of(agent, request.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            boolean prepared = false;
            while (goal == Goal.KEEP) {
                prepared = prepared || prepare();
                if (prepared) {
                    fleet.step(clock.instant());
                }
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

    /** No pod is made before there is what its agent will ask for. */
    private boolean prepare() {
        try {
            texts.prepare();
            return true;
        } catch (IOException e) {
            fleet.waitsFor("code and inputs cannot be packed for its pods: " + e.getMessage());
            return false;
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
