package dev.windrow.testing.sim;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;

/**
 * One connection between an agent and the engine: first in, first out in each direction, until it
 * is cut; then everything on its way is lost.
 */
final class SimConnection {

    private final World world;
    final SimAgent agent;
    private boolean open = true;
    private long lastToEngine;
    private long lastToAgent;

    SimConnection(World world, SimAgent agent) {
        this.world = world;
        this.agent = agent;
    }

    boolean open() {
        return open;
    }

    void toEngine(AgentMessage message) {
        SimNetwork.Conduct conduct = world.network.next(message);
        world.say(() -> "agent %d -> %s %s".formatted(agent.number, Says.of(message), conduct));
        lastToEngine = send(conduct, lastToEngine, () -> world.engine.receive(this, message));
        if (conduct == SimNetwork.Conduct.DOUBLED_LATER) {
            world.agenda.in(world.network.late(), () -> replay(message));
        }
    }

    /** A copy from long ago arrives, on the connection that is there now. */
    private void replay(AgentMessage message) {
        SimConnection now = agent.connection();
        if (now != null && now.open()) {
            world.say(() -> "agent %d => old %s".formatted(agent.number, Says.of(message)));
            world.engine.receive(now, message);
        } else {
            world.engine.receive(this, message);
        }
    }

    void toAgent(EngineMessage message) {
        SimNetwork.Conduct conduct = world.network.next(message);
        world.say(() -> "engine -> %d %s %s".formatted(agent.number, Says.of(message), conduct));
        lastToAgent = send(conduct, lastToAgent, () -> agent.receive(message));
        if (conduct == SimNetwork.Conduct.DOUBLED_LATER) {
            world.agenda.in(world.network.late(), () -> agent.receive(message));
        }
    }

    private long send(SimNetwork.Conduct conduct, long last, Runnable arrive) {
        if (!open) {
            return last;
        }
        switch (conduct) {
            case VANISHES -> {
                return last;
            }
            case BREAKS -> {
                cut();
                return last;
            }
            case DELIVERED, DELAYED, DOUBLED, DOUBLED_LATER -> {}
        }
        long at = Math.max(last, world.time.micros() + world.network.delay(conduct));
        world.agenda.at(at, () -> arrive(arrive));
        if (conduct == SimNetwork.Conduct.DOUBLED) {
            world.agenda.at(at, () -> arrive(arrive));
        }
        return at;
    }

    private void arrive(Runnable arrive) {
        if (open) {
            arrive.run();
        }
    }

    /** Breaks; both ends learn of it in their own time. */
    void cut() {
        if (!open) {
            return;
        }
        open = false;
        world.say(() -> "connection of agent %d is cut".formatted(agent.number));
        world.agenda.in(world.dice.skewed(0, 400_000), () -> world.engine.closed(this));
        world.agenda.in(world.dice.skewed(0, 100_000), () -> agent.disconnected(this));
    }
}
