package dev.windrow.testing.sim;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage.MakePlan;
import dev.windrow.protocol.Token;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Lists the script's mini-batches in chunks, a few ahead of the ledger, from the cursor on. */
final class SimPlanner {

    private static final int CHUNKS_AHEAD = 8;

    private final SimAgent agent;
    private final World world;
    private final MakePlan order;
    private final int cannotResume;
    private int next;
    private int sequence;
    private int stored;
    private boolean running = true;

    SimPlanner(SimAgent agent, MakePlan order) {
        this.agent = agent;
        this.world = agent.world;
        this.order = order;
        this.sequence = order.sequence();
        this.stored = order.sequence();
        this.next = order.cursor().length == 0 ? 0 : ByteBuffer.wrap(order.cursor()).getInt();
        this.cannotResume = order.index() - next;
    }

    Token token() {
        return order.token();
    }

    boolean running() {
        return running;
    }

    void begin() {
        if (cannotResume != 0) {
            throw new Broken(
                    "plan: told to go on at %d with a cursor at %d (expected: the same)"
                            .formatted(order.index(), next));
        }
        world.agenda.in(world.dice.skewed(1_000, 300_000), this::step);
    }

    void stored(int its) {
        boolean waits = sequence - stored >= CHUNKS_AHEAD;
        stored = Math.max(stored, its + 1);
        if (waits && sequence - stored < CHUNKS_AHEAD) {
            step();
        }
    }

    void stop() {
        running = false;
    }

    private void step() {
        if (!running || sequence - stored >= CHUNKS_AHEAD) {
            return;
        }
        if (agent.frozen()) {
            agent.take(this::step);
            return;
        }
        SimScript script = world.scenario.script();
        if (next == script.miniBatches()) {
            agent.send(new AgentMessage.Planned(token(), sequence));
            running = false;
            return;
        }
        int size =
                Math.min(
                        world.dice.between(1, world.scenario.chunkMax()),
                        script.miniBatches() - next);
        int[] counts = new int[size];
        Arrays.setAll(counts, i -> script.items(next + i));
        int first = next;
        next += size;
        byte[] cursor = ByteBuffer.allocate(Integer.BYTES).putInt(next).array();
        byte[] payload = new SimNames(first, counts).encode();
        agent.send(new AgentMessage.PlanChunk(token(), sequence++, first, counts, payload, cursor));
        world.agenda.in(world.dice.skewed(1_000, 400_000), this::step);
    }
}
