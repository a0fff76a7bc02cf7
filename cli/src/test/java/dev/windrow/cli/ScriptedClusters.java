package dev.windrow.cli;

import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.HealthFinding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Clusters that are good, but for the one whose context is {@code bad}. */
public final class ScriptedClusters implements ClusterProvider {

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public ClusterFindings verify(ClusterTarget target, Instant until) {
        if (target.attachment().cluster().text().equals("context:bad")) {
            throw new ClusterException("NAMESPACE_NOT_FOUND", "namespace: it is not there");
        }
        return new ClusterFindings(
                Optional.of("rack-1"),
                Optional.empty(),
                List.of(),
                List.of(new HealthFinding("namespace", true, "it is there")),
                List.of());
    }

    @Override
    public void clean(ClusterTarget target, Instant until) {
        // There is nothing in it.
    }
}
