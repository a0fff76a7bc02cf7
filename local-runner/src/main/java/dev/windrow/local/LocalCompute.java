package dev.windrow.local;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.protocol.AgentLink;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.worker.Agent;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fleet of one job on this machine: its one instance is an agent in this very process, whose
 * messages are handed over in memory.
 */
final class LocalCompute implements Compute {

    private final AgentPlan plan;
    private final EngineDoor door;
    private final Map<Integer, Agent> alive = new LinkedHashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private int next;

    LocalCompute(AgentPlan plan, EngineDoor door) {
        this.plan = plan;
        this.door = door;
    }

    @Override
    public synchronized void scaleTo(String fleet, ComputeRequest request) {
        while (alive.size() < request.instances()) {
            int number = next++;
            alive.put(number, start(number, request.epoch()));
        }
    }

    private Agent start(int number, long epoch) {
        Holder holder = new Holder();
        AgentLink link = door.connect(number, message -> holder.agent().deliver(message));
        Agent agent =
                new Agent(
                        plan.config(number, epoch),
                        link,
                        Thread.ofPlatform().daemon().name("agent-" + number + "-", 0).factory(),
                        InstantSource.system());
        holder.set(agent);
        agent.connected();
        agent.start();
        return agent;
    }

    @Override
    public synchronized FleetSnapshot observe(String fleet) {
        return new FleetSnapshot(alive.keySet(), gone);
    }

    @Override
    public synchronized void release(String fleet) {
        alive.values().forEach(Agent::close);
        gone.addAll(alive.keySet());
        alive.clear();
    }

    /** The agent that messages go to, once it is made. */
    private static final class Holder {
        private volatile @Nullable Agent agent;

        void set(Agent made) {
            agent = made;
        }

        Agent agent() {
            Agent made = agent;
            if (made == null) {
                throw new IllegalStateException("a message before the agent was made");
            }
            return made;
        }
    }
}
