package dev.windrow.runtime.compute;

import dev.windrow.engine.compute.Compute;
import java.util.Optional;

/**
 * A compute whose agents come to the server and ask what there is to do. Its calls are made by any
 * thread.
 */
public interface OpenCompute extends Compute {

    /**
     * Takes an agent in that somebody else has started.
     *
     * @return all that it has to be told, for the worker's own reader of configurations; empty
     *     while the fleet was not asked for yet
     */
    Optional<byte[]> join();

    /**
     * What the agent of an instance has to be told that this compute has started itself.
     * Idempotent: an agent that did not hear the answer asks again. One that starts again in the
     * same instance gets numbers for its workers that none before it had. Not called before the
     * compute {@linkplain #knowsItsInstances knows its instances} and {@linkplain #isAsked is
     * asked} for some: who asks then comes again.
     *
     * @param agent number of the instance
     * @return for the worker's own reader of configurations; empty when the fleet has no such
     *     instance, or has it no more, so that it had better end
     */
    Optional<byte[]> configuration(int agent);

    /** Whether the engine has said by now what it wants. */
    default boolean isAsked() {
        return true;
    }

    /**
     * The engine goes before the job has ended, and another one will come: what can live on
     * meanwhile is left as it is, the rest is removed. Nobody asks for anything after this.
     */
    void leave(String fleet);
}
