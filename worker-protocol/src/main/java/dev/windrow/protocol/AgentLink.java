package dev.windrow.protocol;

/** An agent's way to the engine, whatever carries it. Safe for use by several threads. */
public interface AgentLink {

    /**
     * Sends a message. May block while the engine is behind, for as long as the connection lives;
     * what is sent on a closed link is lost, and the agent says it again when it is connected anew.
     */
    void send(AgentMessage message);
}
