package dev.windrow.runtime.compute;

import dev.windrow.protocol.AgentLink;
import dev.windrow.runtime.gateway.EngineSink;

/** Where the agents of one job come in. Safe for use by several threads. */
public interface EngineDoor {

    /**
     * Connects an agent.
     *
     * @param agent number of its instance
     * @param sink carries what the engine says to it; never blocks
     * @return carries what it says to the engine; blocks while the engine is behind
     */
    AgentLink connect(int agent, EngineSink sink);

    /** The agent's connection is closed. */
    void disconnected(int agent);
}
