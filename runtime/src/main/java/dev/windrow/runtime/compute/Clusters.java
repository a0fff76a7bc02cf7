package dev.windrow.runtime.compute;

import java.util.Optional;

/** The clusters that a home's jobs may run on. */
@FunctionalInterface
public interface Clusters {

    /** A home without any. */
    Clusters NONE = _ -> Optional.empty();

    /**
     * One of them.
     *
     * @param runner runs jobs there
     */
    record Place(ClusterTarget target, ComputeProvider runner) {}

    /**
     * One of them.
     *
     * @param compute its name in the workspace
     */
    Optional<Place> find(String compute);
}
