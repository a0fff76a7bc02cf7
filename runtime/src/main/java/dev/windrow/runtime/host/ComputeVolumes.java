package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.VolumeAgent;
import dev.windrow.runtime.compute.VolumeOrder;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.ComputeRegister;
import dev.windrow.store.register.RegisteredCompute;
import java.time.Instant;
import java.util.Optional;

/** The volumes that pods of attached computes see. Calls block on the network. */
record ComputeVolumes(ComputeRegister register, AttachedClusters clusters) {

    /**
     * Starts an agent beside one.
     *
     * @throws ClusterException when none can be had
     */
    VolumeAgent start(ComputeKey key, VolumeOrder order) {
        RegisteredCompute compute = register.find(key).orElseThrow(() -> detached(key));
        return clusters.needed(compute.kind()).startVolumeAgent(clusters.target(compute), order);
    }

    private static ClusterException detached(ComputeKey key) {
        return new ClusterException(
                "COMPUTE_NOT_FOUND",
                "compute: %s is not attached any more (expected: attached, as its pods see the volume)"
                        .formatted(key.name()));
    }

    /** Whether a compute is attached. */
    boolean has(ComputeKey key) {
        return register.find(key).isPresent();
    }

    /** Removes agents that a server before this one has left. */
    void removeStrays() {
        for (RegisteredCompute compute : register.ofKind(ComputeHost.KUBERNETES)) {
            try {
                clusters.provider(compute.kind())
                        .ifPresent(one -> one.removeStrayVolumeAgents(clusters.target(compute)));
            } catch (ClusterException _) {
                // The next agent of this compute, or its detaching, tries again.
            }
        }
    }

    /**
     * Where agents of a job have kept rows that were not published; empty when nobody knows, or the
     * compute is gone.
     */
    Optional<String> hiddenFolder(ComputeKey key, String job, Instant submittedAt) {
        return register.find(key)
                .flatMap(compute ->
                        clusters.provider(compute.kind())
                                .flatMap(one ->
                                        one.hiddenFolder(
                                                clusters.target(compute), job, submittedAt)));
    }
}
