package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.host.HostRefusal.Because;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.ComputeOperation;
import dev.windrow.store.register.ComputeRegister;
import dev.windrow.store.register.Fault;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.RegisteredCompute;
import dev.windrow.store.register.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Carries out what was begun on computes, and tells the register how it ended. */
final class ComputeOperations implements AutoCloseable {

    private static final int JOBS_AT_ONCE = 1_000;
    private static final long LOOK_MILLIS = 100;

    private final ComputeRegister register;
    private final AttachedClusters clusters;
    private final ComputeJobs jobs;
    private final InstantSource clock;
    private final ClusterWork work;

    ComputeOperations(
            ComputeRegister register,
            AttachedClusters clusters,
            ComputeJobs jobs,
            Duration limit,
            InstantSource clock) {
        this.register = register;
        this.clusters = clusters;
        this.jobs = jobs;
        this.clock = clock;
        this.work = new ClusterWork(limit, clock);
    }

    void takeUp() {
        register.unfinished().forEach(this::begin);
    }

    /** Refuses what nothing here could carry out. */
    void checkProvider(String kind) {
        if (clusters.provider(kind).isEmpty()) {
            throw new HostRefusal(
                    Because.UNUSABLE,
                    "NO_CLUSTER_RUNNER",
                    String.valueOf(AttachedClusters.noProvider(kind).getMessage()));
        }
    }

    /** Refuses one more than can be done or wait. */
    void checkRoom() {
        if (!work.hasRoom()) {
            throw new HostRefusal(
                    Because.BUSY,
                    "TOO_MANY_OPERATIONS",
                    "operations: too many at one time (expected: try again when some have ended)");
        }
    }

    void begin(ComputeOperation operation) {
        switch (operation.kind()) {
            case ATTACH ->
                    work.begin(
                            operation.id(),
                            until -> verify(operation, until),
                            (found, fault) -> attached(operation, found, fault));
            case DETACH ->
                    work.begin(
                            operation.id(),
                            until -> takeAway(operation, until),
                            (_, fault) -> detached(operation, fault));
        }
    }

    /** Ends an operation that another one takes the place of; does nothing when it has ended. */
    void giveUp(String workspace, String id) {
        register.operation(workspace, id)
                .filter(one -> one.endedAt().isEmpty())
                .ifPresent(one -> {
                    Fault why = new Fault("SUPERSEDED", "a detach has taken its place");
                    register.end(one.ended(Optional.of(why), clock.instant()), compute -> compute);
                });
    }

    private ClusterFindings verify(ComputeOperation operation, Instant until)
            throws InterruptedException {
        RegisteredCompute compute =
                register.find(operation.key())
                        .orElseThrow(() -> ComputeHost.notFound(operation.key()));
        return clusters.needed(compute.kind()).verify(clusters.target(compute), until);
    }

    private void attached(
            ComputeOperation operation, Optional<ClusterFindings> found, Optional<Fault> fault) {
        Instant now = clock.instant();
        register.end(
                operation.ended(fault, now),
                compute ->
                        compute.map(one -> {
                            Trace trace = one.trace().changed(now);
                            return fault.isPresent()
                                    ? one.failed(fault.get(), trace)
                                    : one.succeeded(found.map(AttachmentText::of), trace);
                        }));
    }

    private boolean takeAway(ComputeOperation operation, Instant until)
            throws InterruptedException {
        ComputeKey key = operation.key();
        RegisteredCompute compute = register.find(key).orElseThrow(() -> ComputeHost.notFound(key));
        if (operation.force()) {
            stopJobs(key, operation.startedBy());
        }
        clean(compute, until);
        return true;
    }

    private void clean(RegisteredCompute compute, Instant until) throws InterruptedException {
        try {
            clusters.needed(compute.kind()).clean(clusters.target(compute), until);
        } catch (ClusterException e) {
            // Where no look has ever succeeded there is nothing of ours, but perhaps the remains of
            // a look; a cluster that was never reached must not keep the compute.
            if (compute.findings().isPresent()) {
                throw e;
            }
        }
    }

    /** Asks them to stop and waits until they have; the limit of the operation is the limit. */
    private void stopJobs(ComputeKey key, String user) throws InterruptedException {
        List<String> names = register.jobs(key, JOBS_AT_ONCE);
        while (!names.isEmpty()) {
            names.forEach(name -> jobs.cancel(new JobKey(key.workspace(), name), user));
            if (!work.pause(LOOK_MILLIS)) {
                throw new InterruptedException();
            }
            names = register.jobs(key, JOBS_AT_ONCE);
        }
    }

    private void detached(ComputeOperation operation, Optional<Fault> fault) {
        Instant now = clock.instant();
        boolean stays = fault.isPresent() && !operation.force();
        register.end(
                stays ? operation.ended(fault, now) : operation.succeeded(fault, now),
                compute -> {
                    if (stays) {
                        return compute.map(
                                one -> one.failed(fault.get(), one.trace().changed(now)));
                    }
                    // Before anybody can attach another cluster under the name.
                    clusters.secrets().forget(operation.key());
                    return Optional.empty();
                });
    }

    @Override
    public void close() {
        work.close();
    }
}
