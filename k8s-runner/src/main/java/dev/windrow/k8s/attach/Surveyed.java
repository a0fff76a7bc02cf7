package dev.windrow.k8s.attach;

import dev.windrow.runtime.compute.ClusterFindings;
import java.util.List;

/**
 * What a look at a cluster has shown.
 *
 * @param findings with the checks as its health
 */
record Surveyed(List<Check> checks, ClusterFindings findings) {

    Surveyed {
        checks = List.copyOf(checks);
    }
}
