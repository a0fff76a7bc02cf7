package dev.windrow.api;

import dev.windrow.model.compute.ClusterReference;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.compute.QuotaFinding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clusters that do what the name of their context says. */
public final class ScriptedClusters implements ClusterProvider {

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public ClusterFindings verify(ClusterTarget target, Instant until) throws InterruptedException {
        String script =
                target.attachment().cluster() instanceof ClusterReference.Context(String name)
                        ? name
                        : "good";
        if (script.startsWith("bad")) {
            throw new ClusterException(
                    "NAMESPACE_NOT_FOUND",
                    "namespace: %s (expected: one of the cluster's)"
                            .formatted(target.attachment().namespace()));
        }
        if (script.equals("broken")) {
            throw new IllegalStateException("the provider itself");
        }
        if (script.startsWith("until=")) {
            Path flag = Path.of(script.substring("until=".length()));
            CountDownLatch never = new CountDownLatch(1);
            while (Files.notExists(flag)) {
                boolean _ = never.await(2, TimeUnit.MILLISECONDS);
            }
        }
        return new ClusterFindings(
                Optional.of("rack-1"),
                Optional.of("small"),
                List.of(
                        new InstanceType(
                                "small",
                                Map.of("pool", "cpu"),
                                Map.of("cpu", "1"),
                                Map.of("cpu", "2"))),
                List.of(new HealthFinding("namespace", true, "it is there")),
                List.of(new QuotaFinding("requests.cpu", "1", Optional.of("8"))));
    }

    @Override
    public void clean(ClusterTarget target, Instant until) {
        if (target.attachment().namespace().equals("stuck")) {
            throw new ClusterException("OBJECTS_LEFT", "pods: 2 are left");
        }
    }
}
