package dev.windrow.local;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.worker.AgentConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The fleet of one job on this machine, as long as this process lives. A single instance is an
 * agent in this very process; several are processes of their own. Numbers only grow, so that no
 * instance is taken for a lost one.
 */
final class LocalCompute implements Compute {

    private final AgentPlan plan;
    private final EngineDoor door;
    private final Places places = new Places();
    private final Set<Integer> gone = new HashSet<>();
    private boolean cleared;
    private int next;

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
        gone.addAll(places.sweep());
        if (places.size() < request.instances()) {
            plan.readiness(request).ifPresent(ready -> fill(request, ready));
        }
    }

    private void fill(ComputeRequest request, FleetPython.State.Ready ready) {
        while (places.size() < request.instances()) {
            int number = next++;
            int place = places.free();
            places.put(number, place, start(number, place, request, ready));
        }
    }

    private LocalInstance start(
            int number, int place, ComputeRequest request, FleetPython.State.Ready ready) {
        AgentConfig config = plan.config(number, place, request, ready);
        if (request.instances() == 1) {
            return InProcessInstance.start(number, config, door);
        }
        try {
            ChildInstance child = ChildInstance.start(number, config, door, plan.errorLog(number));
            plan.leftovers().record(child.pid());
            return child;
        } catch (IOException e) {
            throw noProcess(number, e);
        }
    }

    static EngineException noProcess(int number, IOException why) {
        return new EngineException(
                ErrorCode.INTERNAL,
                "instance %d: %s (expected: a process of its own)"
                        .formatted(number, why.getMessage()),
                why);
    }

    @Override
    public synchronized FleetSnapshot observe(String fleet) {
        gone.addAll(places.sweep());
        return plan.seen(places.numbers(), gone, Set.of());
    }

    /**
     * Waits for processes of its own, a few seconds at most: nobody asks for anything after this.
     */
    @Override
    public synchronized void release(String fleet) {
        plan.python().close();
        gone.addAll(places.numbers());
        places.end();
    }
}
