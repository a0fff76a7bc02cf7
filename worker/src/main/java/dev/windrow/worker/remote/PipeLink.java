package dev.windrow.worker.remote;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.MessageOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * An agent's way to the engine over a pipe. The pipe's own room is all that waits on it: a sender
 * blocks while the engine does not read. A pipe loses nothing, so there is nothing to number.
 */
public final class PipeLink implements AgentLink {

    private final MessageOutput<AgentMessage> out;
    private volatile boolean closed;

    public PipeLink(OutputStream out) {
        this.out = new MessageOutput<>(new AgentMessages(), out);
    }

    @Override
    public void send(AgentMessage message) {
        if (closed) {
            return;
        }
        try {
            out.send(message);
        } catch (IOException e) {
            // The engine is gone; whoever reads from it learns the same and ends the agent.
            closed = true;
        }
    }
}
