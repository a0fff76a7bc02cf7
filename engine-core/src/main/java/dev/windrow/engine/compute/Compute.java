package dev.windrow.engine.compute;

import java.util.Set;

/**
 * A place where instances can be had.
 *
 * <p>All calls are idempotent by {@code fleet} and return without waiting: the loop repeats them
 * after a crash or a time-out without knowing whether the last one arrived. Safe for use by several
 * threads.
 */
public interface Compute {

    /** Asks for the fleet to have this many live instances. Lost ones are replaced by a repeat. */
    void scaleTo(String fleet, ComputeRequest request);

    /** What there is of the fleet now. */
    FleetSnapshot observe(String fleet);

    /**
     * Whether it has looked by now what an earlier engine has left of the job's fleet. Until then a
     * snapshot may lack instances that are there; once true it stays so.
     */
    default boolean knowsItsInstances() {
        return true;
    }

    /**
     * Says of which live instances nothing is heard, until the next call says otherwise: their work
     * was given to others. A compute that cannot see whether an instance runs had better replace
     * them; one that sees it at first hand need not do anything.
     *
     * @param instances empty when all are heard again
     */
    default void unheard(String fleet, Set<Integer> instances) {}

    /** Removes every instance of the fleet; does nothing when there is none. */
    void release(String fleet);
}
