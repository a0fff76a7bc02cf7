package dev.windrow.engine.schedule;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import java.time.Instant;

/** Keeps the fleet of one job at the size it wants. */
final class FleetKeeper {

    private final Compute compute;
    private final String fleet;
    private final ComputeRequest request;
    private int lossesInARow;
    private Instant lastLoss = Instant.EPOCH;

    FleetKeeper(Compute compute, String fleet, ComputeRequest request) {
        this.compute = compute;
        this.fleet = fleet;
        this.request = request;
    }

    FleetSnapshot observe() {
        return compute.observe(fleet);
    }

    void keep(FleetSnapshot seen, Instant now) {
        if (FleetPlanner.asks(
                request.instances(), seen.alive().size(), lossesInARow, lastLoss, now)) {
            compute.scaleTo(fleet, request);
        }
    }

    void lost(Instant now) {
        lossesInARow++;
        lastLoss = now;
    }

    void progressed() {
        lossesInARow = 0;
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
