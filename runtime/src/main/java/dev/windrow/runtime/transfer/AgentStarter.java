package dev.windrow.runtime.transfer;

import dev.windrow.runtime.compute.VolumeAgent;
import dev.windrow.runtime.compute.VolumeOrder;
import dev.windrow.store.register.ComputeKey;

/** Starts agents beside volumes. */
@FunctionalInterface
public interface AgentStarter {

    /**
     * Starts one; blocks on the network.
     *
     * @throws dev.windrow.runtime.compute.ClusterException when none can be had
     */
    VolumeAgent start(ComputeKey compute, VolumeOrder order);
}
