package dev.windrow.local;

import dev.windrow.protocol.AgentLink;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.worker.Agent;
import dev.windrow.worker.AgentConfig;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** An agent in this very process, whose messages are handed over in memory. */
final class InProcessInstance implements LocalInstance {

    private final Agent agent;

    private InProcessInstance(Agent agent) {
        this.agent = agent;
    }

    static InProcessInstance start(int number, AgentConfig config, EngineDoor door) {
        Holder holder = new Holder();
        AgentLink link = door.connect(number, message -> holder.agent().deliver(message));
        Agent agent =
                new Agent(
                        config,
                        link,
                        Thread.ofPlatform().daemon().name("agent-" + number + "-", 0).factory(),
                        InstantSource.system());
        holder.set(agent);
        agent.connected();
        agent.start();
        return new InProcessInstance(agent);
    }

    @Override
    public boolean hasEnded() {
        return agent.hasEnded();
    }

    @Override
    public void end() {
        agent.close();
    }

    /** Its threads end with this process at the latest, and its workers have been killed. */
    @Override
    public void awaitEnd() {}

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
