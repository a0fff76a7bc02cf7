package dev.windrow.runtime.compute;

import dev.windrow.engine.compute.Compute;
import java.util.Optional;

/** A compute whose fleet takes in agents that somebody else has started. */
public interface OpenCompute extends Compute {

    /**
     * Takes an agent in.
     *
     * @return all that it has to be told, for the worker's own reader of configurations; empty
     *     while the fleet was not asked for yet
     */
    Optional<byte[]> join();
}
