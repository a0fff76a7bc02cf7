package dev.windrow.benchmarks;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.runtime.compute.EngineDoor.Connection;

/** A connection of which somebody else sees what is said on it first. */
record WatchedConnection(Connection connection, AgentLink first) implements Connection {

    @Override
    public void send(AgentMessage message) {
        first.send(message);
    }

    @Override
    public void close() {
        connection.close();
    }
}
