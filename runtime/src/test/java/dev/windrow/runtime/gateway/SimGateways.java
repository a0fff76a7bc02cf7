package dev.windrow.runtime.gateway;

import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.store.JobStore;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.testing.sim.GatewayFactory;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts the real gateway into the simulated world. */
final class SimGateways implements GatewayFactory {

    @Override
    public Gateway open(
            String job, long epoch, int agent, JobStore store, Consumer<EngineMessage> sink) {
        AgentGateway real = new AgentGateway(job, epoch, agent, store, sink::accept);
        return new Gateway() {
            @Override
            public Optional<FleetEvent> accept(AgentMessage message) {
                return real.accept(message);
            }

            @Override
            public FleetEvent closed() {
                return real.closed();
            }
        };
    }
}
