package dev.windrow.runtime.host;

import dev.windrow.model.ParallelJob;
import dev.windrow.model.compute.ComputeName;
import dev.windrow.runtime.host.HostRefusal.Because;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.ComputeRegister;
import dev.windrow.store.register.ProvisioningState;
import dev.windrow.store.register.RegisteredCompute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which compute a job names. */
final class JobPlacement {

    private static final int NAMED_MOST = 20;

    private final ComputeRegister computes;
    private final AttachedClusters clusters;

    JobPlacement(ComputeRegister computes, AttachedClusters clusters) {
        this.computes = computes;
        this.clusters = clusters;
    }

    /**
     * The name of the compute that a job is to run on.
     *
     * @throws HostRefusal COMPUTE_NOT_FOUND, NO_COMPUTE_RUNNER, COMPUTE_NOT_READY
     */
    String of(String workspace, ParallelJob job) {
        Optional<String> said = job.placement().compute();
        String name = said.map(ComputeName::of).orElse(ComputeName.LOCAL);
        if (name.equals(ComputeName.LOCAL)) {
            return name;
        }
        Optional<RegisteredCompute> known = computes.find(new ComputeKey(workspace, name));
        if (known.isEmpty()) {
            throw new HostRefusal(
                    Because.UNUSABLE,
                    "COMPUTE_NOT_FOUND",
                    "compute: %s (expected: one of %s; to run on the server's own machine: --compute local)"
                            .formatted(shown(name), names(workspace)));
        }
        checkRuns(known.get());
        return name;
    }

    private void checkRuns(RegisteredCompute compute) {
        String name = compute.key().name();
        if (clusters.runner(compute.kind()).isEmpty()) {
            throw new HostRefusal(
                    Because.UNUSABLE,
                    "NO_COMPUTE_RUNNER",
                    "compute: %s is attached (expected: local; this installation cannot run jobs on %s yet: --compute local)"
                            .formatted(name, compute.kind()));
        }
        boolean usable =
                compute.state() == ProvisioningState.SUCCEEDED
                        || compute.state() == ProvisioningState.UPDATING;
        if (!usable) {
            throw new HostRefusal(
                    Because.UNUSABLE,
                    "COMPUTE_NOT_READY",
                    "compute: %s is %s (expected: Succeeded; see windrow compute show %s)"
                            .formatted(name, compute.state().text(), name));
        }
    }

    private String names(String workspace) {
        List<String> names = new ArrayList<>(List.of(ComputeName.LOCAL));
        computes.list(workspace, "", NAMED_MOST).stream()
                .map(one -> one.key().name())
                .filter(name -> !name.equals(ComputeName.LOCAL))
                .forEach(names::add);
        return String.join(", ", names);
    }

    private static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
