package dev.windrow.runtime.compute;

import dev.windrow.protocol.AgentLink;
import dev.windrow.runtime.gateway.EngineSink;

/** Where the agents of one job come in. Safe for use by several threads. */
public interface EngineDoor {

    /**
     * Connects an agent. Its connection is open as soon as it has said hello on it, and replaces
     * one that it had before.
     *
     * @param agent number of its instance
     * @param sink carries what the engine says to it; never blocks
     */
    Connection connect(int agent, EngineSink sink);

    /**
     * Tells why an instance has ended that cannot say so itself.
     *
     * @param byItself false when somebody killed it; an instance that ends by itself before it has
     *     ever connected would not begin the next time either
     */
    void ended(int agent, String how, boolean byItself);

    /**
     * Carries what one agent says to the engine; {@code send} blocks while the engine is behind.
     */
    interface Connection extends AgentLink, AutoCloseable {

        /**
         * Nothing more comes on it. May be repeated, and changes nothing when the agent has come
         * back on another connection since.
         */
        @Override
        void close();
    }
}
