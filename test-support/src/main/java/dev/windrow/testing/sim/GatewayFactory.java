package dev.windrow.testing.sim;

import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.store.JobStore;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes what turns messages into events, one for each connection of an agent. */
public interface GatewayFactory {

    Gateway open(String job, long epoch, int agent, JobStore store, Consumer<EngineMessage> sink);

    /** The engine's end of one connection. */
    interface Gateway {

        /** What the message means; empty when it is answered already. */
        Optional<FleetEvent> accept(AgentMessage message);

        /** The connection is closed. */
        FleetEvent closed();
    }
}
