package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.Fault;
import dev.windrow.store.register.RegisteredCompute;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How clusters are at the moment, for those who ask: one look at a time for each compute, however
 * many ask, and none sooner than ten seconds after the last one. Safe for use by several threads.
 */
final class ClusterLooks implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final long WAIT_SECONDS = LIMIT.toSeconds() + 1;

    private final AttachedClusters clusters;
    private final InstantSource clock;
    private final ClusterWork work;
    private final Map<ComputeKey, Seen> seen = new ConcurrentHashMap<>();
    private final Map<ComputeKey, CompletableFuture<ClusterFindings>> going =
            new ConcurrentHashMap<>();

    ClusterLooks(AttachedClusters clusters, InstantSource clock) {
        this.clusters = clusters;
        this.clock = clock;
        this.work = new ClusterWork(LIMIT, clock);
    }

    /** What was seen of a compute as it was attached at some time. */
    private record Seen(Instant at, Instant attached, ClusterFindings findings) {
        boolean counts(Instant now) {
            return now.isBefore(at.plus(KEPT));
        }
    }

    /**
     * What there is now, or was seconds ago; blocks for some seconds at most. While something goes
     * on with the compute, and where nothing here could look, what was found last.
     */
    Optional<ClusterFindings> of(ComputeView view) {
        RegisteredCompute compute = view.compute();
        Optional<ClusterProvider> provider = clusters.provider(compute.kind());
        if (compute.state().passing() || provider.isEmpty()) {
            return view.findings();
        }
        Instant attached = compute.trace().modifiedAt();
        Seen last = seen.get(compute.key());
        if (last != null && last.counts(clock.instant()) && last.attached().equals(attached)) {
            return Optional.of(last.findings());
        }
        CompletableFuture<ClusterFindings> look = new CompletableFuture<>();
        CompletableFuture<ClusterFindings> other = going.putIfAbsent(compute.key(), look);
        if (other == null) {
            begin(compute, provider.get(), look);
        }
        return Optional.of(awaited(other == null ? look : other));
    }

    private void begin(
            RegisteredCompute compute,
            ClusterProvider provider,
            CompletableFuture<ClusterFindings> look) {
        work.<ClusterFindings>begin(
                compute.key().id(),
                until -> provider.look(clusters.target(compute), until),
                (found, fault) -> {
                    ClusterFindings findings = found.orElseGet(() -> broken(fault));
                    Instant now = clock.instant();
                    seen.values().removeIf(one -> !one.counts(now));
                    seen.put(compute.key(), new Seen(now, compute.trace().modifiedAt(), findings));
                    going.remove(compute.key(), look);
                    look.complete(findings);
                });
    }

    private static ClusterFindings broken(Optional<Fault> fault) {
        return wrong(fault.map(Fault::message).orElse("nothing is known"));
    }

    private static ClusterFindings wrong(String message) {
        return new ClusterFindings(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(new HealthFinding("cluster", false, message)),
                List.of());
    }

    private static ClusterFindings awaited(CompletableFuture<ClusterFindings> look) {
        try {
            return look.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return wrong("the look was broken off");
        } catch (ExecutionException | TimeoutException _) {
            return wrong("no answer from the cluster");
        }
    }

    @Override
    public void close() {
        work.close();
    }
}
