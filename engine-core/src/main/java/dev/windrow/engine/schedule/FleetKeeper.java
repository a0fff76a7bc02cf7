package dev.windrow.engine.schedule;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import java.time.Instant;
import java.util.Set;

/** Keeps the fleet of one job at the size it wants. */
final class FleetKeeper {

    private static final int NOBODY = -1;

    /** Bounds a reason, which a user reads on one line. */
    private static final int CAUSE_MAX = 300;

    private final Compute compute;
    private final String fleet;
    private final ComputeRequest request;
    private int lossesInARow;
    private int failedStarts;
    private Instant lastFailedStart = Instant.EPOCH;
    private String lastCause = "";
    private int causeOf = NOBODY;
    private Set<Integer> unheard = Set.of();

    FleetKeeper(Compute compute, String fleet, ComputeRequest request) {
        this.compute = compute;
        this.fleet = fleet;
        this.request = request;
    }

    /** Whether what is seen of it is all there is. */
    boolean isKnown() {
        return compute.knowsItsInstances();
    }

    FleetSnapshot observe() {
        return compute.observe(fleet);
    }

    /**
     * Asks for what is missing.
     *
     * @param work whether there is any left; workers for none would only have to be ended
     */
    void keep(FleetSnapshot seen, boolean work, Instant now) {
        if (FleetPlanner.asks(
                request.instances(), seen.alive().size(), failedStarts, lastFailedStart, now)) {
            compute.scaleTo(fleet, work ? request : request.withoutWorkers());
        }
    }

    /** Passes on of which instances nothing is heard, when that has changed. */
    void unheard(Set<Integer> instances) {
        if (!instances.equals(unheard)) {
            unheard = Set.copyOf(instances);
            compute.unheard(fleet, unheard);
        }
    }

    /** An instance has said, or it was said for it, why it ends. */
    void ends(int agent, String why) {
        String line = why.lines().findFirst().orElse("");
        lastCause = line.length() > CAUSE_MAX ? line.substring(0, CAUSE_MAX) + "…" : line;
        causeOf = agent;
    }

    /**
     * An instance is lost.
     *
     * @param seen how that was found out; what it said of itself tells more
     * @param came whether its agent was ever here
     */
    void lost(int agent, String seen, boolean came, Instant now) {
        lossesInARow++;
        if (!came) {
            failedStarts++;
            lastFailedStart = now;
        }
        if (causeOf != agent) {
            ends(agent, seen);
        }
    }

    /** Why the last one was lost, as far as that is known. */
    String lastCause() {
        return lastCause;
    }

    /** An agent has come; one of the fleet's own shows that its instances can be started. */
    void came(int agent) {
        if (failedStarts > 0 && !observe().joined().contains(agent)) {
            failedStarts = 0;
        }
    }

    void progressed() {
        lossesInARow = 0;
        failedStarts = 0;
    }

    boolean givesUp() {
        return FleetPlanner.givesUp(lossesInARow);
    }

    int lossesInARow() {
        return lossesInARow;
    }

    void release() {
        compute.release(fleet);
    }
}
