package dev.windrow.client;

import dev.windrow.model.compute.InstanceType;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.HealthFinding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Clusters of the real server that do what the name of their context says. */
public final class ScriptedClusters implements ClusterProvider {

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public ClusterFindings verify(ClusterTarget target, Instant until) throws InterruptedException {
        String context = target.attachment().cluster().text();
        if (context.equals("context:bad")) {
            throw new ClusterException("NAMESPACE_NOT_FOUND", "namespace: it is not there");
        }
        if (context.equals("context:silent")) {
            new CountDownLatch(1).await();
        }
        return new ClusterFindings(
                Optional.of("rack-1"),
                Optional.of("small"),
                List.of(new InstanceType("small", Map.of(), Map.of("cpu", "1"), Map.of())),
                List.of(new HealthFinding("namespace", true, "it is there")),
                List.of());
    }

    @Override
    public void clean(ClusterTarget target, Instant until) {
        // There is nothing in it.
    }
}
