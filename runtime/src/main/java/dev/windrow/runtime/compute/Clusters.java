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
     * @param compute its name in the workspace
     */
    Optional<ClusterTarget> find(String compute);
}
