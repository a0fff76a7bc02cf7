package dev.windrow.runtime.compute;

import dev.windrow.model.compute.InstanceType;
import java.util.List;
import java.util.Optional;

/**
 * What was found in a cluster that can be used.
 *
 * @param location of the cluster, as its owner calls it
 * @param defaultInstanceType for jobs that ask for none
 * @param quota of the namespace
 */
public record ClusterFindings(
        Optional<String> location,
        Optional<String> defaultInstanceType,
        List<InstanceType> instanceTypes,
        List<HealthFinding> health,
        List<QuotaFinding> quota) {

    /** Nothing but that it can be used. */
    public static final ClusterFindings NONE =
            new ClusterFindings(
                    Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

    public ClusterFindings {
        instanceTypes = List.copyOf(instanceTypes);
        health = List.copyOf(health);
        quota = List.copyOf(quota);
    }
}
