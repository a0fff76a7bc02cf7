package dev.windrow.local;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.worker.AgentConfig;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fleet of one job on this machine. A single instance is an agent in this very process; several
 * are processes of their own. Numbers only grow, so that no instance is taken for a lost one;
 * places are taken again, because they are what the machine has to share out.
 */
final class LocalCompute implements Compute {

    private final AgentPlan plan;
    private final EngineDoor door;
    private final Map<Integer, Placed> alive = new LinkedHashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private boolean cleared;
    private int next;

    private record Placed(int place, LocalInstance instance) {}

    LocalCompute(AgentPlan plan, EngineDoor door) {
        this.plan = plan;
        this.door = door;
    }

    @Override
    public synchronized void scaleTo(String fleet, ComputeRequest request) {
        if (!cleared) {
            cleared = true;
            plan.killLeftovers();
        }
        sweep();
        while (alive.size() < request.instances()) {
            int number = next++;
            int place = freePlace();
            alive.put(number, new Placed(place, start(number, place, request)));
        }
    }

    private int freePlace() {
        BitSet taken = new BitSet();
        alive.values().forEach(placed -> taken.set(placed.place()));
        return taken.nextClearBit(0);
    }

    private LocalInstance start(int number, int place, ComputeRequest request) {
        AgentConfig config = plan.config(number, place, request);
        if (request.instances() == 1) {
            return InProcessInstance.start(number, config, door);
        }
        try {
            ChildInstance child = ChildInstance.start(number, config, door, plan.errorLog(number));
            plan.leftovers().record(child.pid());
            return child;
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.INTERNAL,
                    "instance %d: %s (expected: a process of its own)"
                            .formatted(number, e.getMessage()),
                    e);
        }
    }

    private void sweep() {
        alive.entrySet()
                .removeIf(one -> {
                    boolean ended = one.getValue().instance().hasEnded();
                    return ended && gone.add(one.getKey());
                });
    }

    @Override
    public synchronized FleetSnapshot observe(String fleet) {
        sweep();
        return new FleetSnapshot(alive.keySet(), gone);
    }

    /**
     * Waits for processes of its own, a few seconds at most: nobody asks for anything after this.
     */
    @Override
    public synchronized void release(String fleet) {
        alive.values().forEach(placed -> placed.instance().end());
        alive.values().forEach(placed -> placed.instance().awaitEnd());
        gone.addAll(alive.keySet());
        alive.clear();
    }
}
