package dev.windrow.k8s.attach;

import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.HealthFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a look at a cluster has shown.
 *
 * @param findings with the checks as its health
 */
record Surveyed(List<Check> checks, ClusterFindings findings) {

    Surveyed {
        checks = List.copyOf(checks);
    }

    boolean isGood() {
        return checks.stream().allMatch(Check::ok);
    }

    /** Labels of the machines on which jobs run that ask for no kind of instance. */
    Map<String, String> usualMachines() {
        return findings.instanceTypes().stream()
                .filter(one -> one.name().equals(InstanceTypes.USUAL))
                .findFirst()
                .map(InstanceType::nodeSelector)
                .orElse(Map.of());
    }

    /** The same and one more. */
    Surveyed with(Check more) {
        List<Check> all = new ArrayList<>(checks);
        all.add(more);
        List<HealthFinding> health = new ArrayList<>(findings.health());
        health.add(more.finding());
        return new Surveyed(
                all,
                new ClusterFindings(
                        findings.location(),
                        findings.defaultInstanceType(),
                        findings.instanceTypes(),
                        health,
                        findings.quota()));
    }
}
