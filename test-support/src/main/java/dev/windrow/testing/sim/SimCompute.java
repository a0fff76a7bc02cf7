package dev.windrow.testing.sim;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Starts agents after a while, and says what it believes of them. */
final class SimCompute implements Compute {

    private final World world;
    private final Dice dice;
    private final Map<Integer, SimAgent> agents = new TreeMap<>();
    private final TreeSet<Integer> alive = new TreeSet<>();
    private final TreeSet<Integer> gone = new TreeSet<>();
    private int next;

    SimCompute(World world) {
        this.world = world;
        this.dice = world.dice.split();
    }

    @Override
    public void scaleTo(String fleet, ComputeRequest request) {
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
        return new FleetSnapshot(alive, gone);
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
