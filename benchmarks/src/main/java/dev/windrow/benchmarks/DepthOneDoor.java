package dev.windrow.benchmarks;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Holdings;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.gateway.EngineSink;

/**
 * Lets an agent ask for one mini-batch at a time, however much it has room for, and watches when
 * leases and acknowledgements leave the engine. The engine grants the next lease only when it has
 * taken the result of the one before, and both leave after the flush of that result.
 */
final class DepthOneDoor implements EngineDoor {

    private final EngineDoor door;
    private final RoundTrips trips;

    DepthOneDoor(EngineDoor door, RoundTrips trips) {
        this.door = door;
        this.trips = trips;
    }

    @Override
    public Connection connect(int agent, EngineSink sink) {
        Connection link =
                door.connect(
                        agent,
                        message -> {
                            trips.note(message);
                            sink.send(message);
                        });
        return new WatchedConnection(link, message -> link.send(atMostOne(message)));
    }

    @Override
    public void ended(int agent, String how, boolean byItself) {
        door.ended(agent, how, byItself);
    }

    private static AgentMessage atMostOne(AgentMessage message) {
        return switch (message) {
            case AgentMessage.Want(int capacity) -> new AgentMessage.Want(Math.min(capacity, 1));
            case AgentMessage.Hello(int version, int agent, var holdings) ->
                    new AgentMessage.Hello(version, agent, atMostOne(holdings));
            case AgentMessage.Heartbeat(var holdings) ->
                    new AgentMessage.Heartbeat(atMostOne(holdings));
            case AgentMessage.Results _,
                    AgentMessage.Return _,
                    AgentMessage.FetchChunk _,
                    AgentMessage.PlanChunk _,
                    AgentMessage.Planned _,
                    AgentMessage.PlanFailed _,
                    AgentMessage.WorkerReady _,
                    AgentMessage.LoadFailed _,
                    AgentMessage.InitFailed _,
                    AgentMessage.Note _,
                    AgentMessage.Broken _,
                    AgentMessage.WorkersEnded _,
                    AgentMessage.NextRanges _,
                    AgentMessage.Published _,
                    AgentMessage.PublishFailed _ ->
                    message;
        };
    }

    private static Holdings atMostOne(Holdings holdings) {
        return new Holdings(
                holdings.spans(),
                holdings.planning(),
                holdings.publishing(),
                Math.min(holdings.capacity(), 1));
    }
}
