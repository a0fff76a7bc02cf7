package dev.windrow.engine.compute;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The instances of a fleet at one moment, in order of their numbers, so that what is done about
 * them has an order too.
 *
 * @param alive being started, or running
 * @param gone ended or lost, and never coming back
 */
public record FleetSnapshot(Set<Integer> alive, Set<Integer> gone) {

    public FleetSnapshot {
        alive = Collections.unmodifiableSet(new TreeSet<>(alive));
        gone = Collections.unmodifiableSet(new TreeSet<>(gone));
    }
}
