package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterProvider.Run;
import dev.windrow.store.register.ComputeRegister;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredCompute;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Has clusters freed, at the start and every ten minutes, of pods whose jobs have ended while
 * nobody could remove them. A thread of its own, since clusters may be slow to answer.
 */
final class StrayFleets implements AutoCloseable {

    private static final long PAUSE_MINUTES = 10;

    private final ComputeRegister computes;
    private final AttachedClusters clusters;
    private final Register register;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("stray-fleets").unstarted(this::run);

    StrayFleets(ComputeRegister computes, AttachedClusters clusters, Register register) {
        this.computes = computes;
        this.clusters = clusters;
        this.register = register;
    }

    /** Begins to look; returns at once. */
    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                computes.ofKind(ComputeHost.KUBERNETES).forEach(this::free);
            } while (!closed.await(PAUSE_MINUTES, TimeUnit.MINUTES));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void free(RegisteredCompute compute) {
        try {
            clusters.provider(compute.kind())
                    .ifPresent(one ->
                            one.removeStrayFleets(clusters.target(compute), this::unfinished));
        } catch (ClusterException _) {
            // The next look, or its detaching, tries again.
        }
    }

    private Set<Run> unfinished() {
        return register.unfinished().stream()
                .map(job -> new Run(job.key().id(), job.submittedAt()))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
