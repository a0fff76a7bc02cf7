package dev.windrow.k8s.fleet;

import dev.windrow.engine.compute.ComputeRequest;
import java.io.IOException;

/** What agents in pods are told; calls block on the disk. Safe for use by several threads. */
public interface AgentTexts {

    /** Makes what agents will ask for; may take long. May be repeated. */
    void prepare() throws IOException;

    /** Whether agents make an environment before they come. */
    boolean wantEnvironment();

    /**
     * All that one agent has to know, for the worker's own reader of configurations.
     *
     * @param agent number of its instance
     * @param request what the fleet is for
     */
    byte[] of(int agent, ComputeRequest request) throws IOException;
}
