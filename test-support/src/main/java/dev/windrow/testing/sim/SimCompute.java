package dev.windrow.testing.sim;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Starts agents after a while, and says what it believes of them. In some worlds others join, of
 * which it knows only that they once came.
 */
final class SimCompute implements Compute {

    /** Worlds, by their seeds, that others join. */
    private static final int JOINED_EVERY = 3;

    private static final int JOINERS_MAX = 3;

    /** So that what it says is drawn apart from who joins. */
    private static final long STAGES = 0x57A6E5L;

    private static final long JOIN_AGAIN = 700_000;
    private static final long REFUSED_WITHIN = 10_000_000;

    private final World world;
    private final Dice dice;
    private final Map<Integer, SimAgent> agents = new TreeMap<>();
    private final TreeSet<Integer> alive = new TreeSet<>();
    private final TreeSet<Integer> gone = new TreeSet<>();
    private final TreeSet<Integer> joined = new TreeSet<>();
    private final SimStages stages;
    private int next;

    SimCompute(World world) {
        this.world = world;
        this.dice = world.dice.split();
        long seed = world.scenario.seed();
        this.stages = new SimStages(world, new Dice(~seed ^ STAGES));
        if (seed % JOINED_EVERY == 0) {
            Dice own = new Dice(~seed);
            for (int i = own.between(1, JOINERS_MAX); i > 0; i--) {
                world.agenda.in(own.skewed(500_000, 30_000_000), this::join);
            }
        }
    }

    private void join() {
        if (world.phase() == Phase.AFTER) {
            return;
        }
        if (!world.engine.up() || next == 0) {
            world.agenda.in(JOIN_AGAIN, this::join);
            return;
        }
        int number = next++;
        joined.add(number);
        SimAgent agent = new SimAgent(world, number, true);
        agents.put(number, agent);
        agent.boot();
    }

    @Override
    public void scaleTo(String fleet, ComputeRequest request) {
        stages.asked();
        while (alive.size() < request.instances()) {
            int number = next++;
            alive.add(number);
            world.agenda.in(dice.skewed(50_000, 4_000_000), () -> start(number, request.workers()));
        }
    }

    private void start(int number, boolean workers) {
        if (alive.contains(number)) {
            SimAgent agent = new SimAgent(world, number, workers);
            agents.put(number, agent);
            agent.boot();
        }
    }

    @Override
    public FleetSnapshot observe(String fleet) {
        SimStages.Word word = stages.word();
        return new FleetSnapshot(alive, gone, joined, word.stage(), word.waits());
    }

    @Override
    public void release(String fleet) {
        world.say(() -> "fleet is released");
        for (int number : List.copyOf(alive)) {
            ended(number);
            SimAgent agent = agents.get(number);
            if (agent != null) {
                agent.die();
            }
        }
        // Those are refused when they come again.
        for (int number : joined) {
            SimAgent agent = Objects.requireNonNull(agents.get(number));
            world.agenda.in(dice.skewed(1_000, REFUSED_WITHIN), agent::die);
        }
    }

    /** The instance is not there any more. */
    void ended(int number) {
        if (alive.remove(number)) {
            gone.add(number);
        }
    }

    boolean isGone(int number) {
        return gone.contains(number);
    }

    /** What it believes to be there. */
    int believedAlive() {
        return alive.size();
    }

    /** Agents whose processes run, whatever the compute believes. */
    List<SimAgent> running() {
        List<SimAgent> found = new ArrayList<>();
        for (SimAgent agent : agents.values()) {
            if (agent.alive()) {
                found.add(agent);
            }
        }
        return found;
    }
}
