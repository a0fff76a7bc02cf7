package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.ComputeProvider;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clusters that do what a test says, and count.
 *
 * @param never what a cluster waits for whose namespace is {@code silent}
 */
record WatchedClusters(
        Verify verify, AtomicInteger verified, AtomicInteger cleaned, CountDownLatch never)
        implements ClusterProvider {

    /** What is found when a cluster is looked at. */
    interface Verify {
        ClusterFindings of(ClusterTarget target) throws InterruptedException;
    }

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public Optional<ComputeProvider> runner() {
        return Optional.of(new StagedComputes());
    }

    @Override
    public ClusterFindings verify(ClusterTarget target, Instant until) throws InterruptedException {
        verified.incrementAndGet();
        return verify.of(target);
    }

    @Override
    public void clean(ClusterTarget target, Instant until) throws InterruptedException {
        cleaned.incrementAndGet();
        if (target.attachment().namespace().equals("silent")) {
            never.await();
        }
    }
}
