package dev.windrow.engine.compute;

import java.util.Set;

/**
 * The instances of a fleet at one moment, by number.
 *
 * @param alive being started, or running
 * @param gone ended or lost, and never coming back
 */
public record FleetSnapshot(Set<Integer> alive, Set<Integer> gone) {

    public FleetSnapshot {
        alive = Set.copyOf(alive);
        gone = Set.copyOf(gone);
    }
}
