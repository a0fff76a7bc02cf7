package dev.windrow.worker.remote;

import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.worker.fetch.FetchException;
import dev.windrow.worker.fetch.PackedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an agent speaks of one environment with its job's server. Safe for use by several threads.
 */
interface EnvironmentWay {

    /**
     * Asks what to do; waits for a server that is away.
     *
     * @param lease that the agent has
     * @throws IOException when the job has ended, or the server stays away
     */
    EnvironmentTurn claim(Optional<String> lease) throws IOException, InterruptedException;

    /**
     * Says that the agent still makes it; returns soon, whatever becomes of it.
     *
     * @return false when another one is to make it
     */
    boolean hold(String lease) throws InterruptedException;

    /**
     * Sends a whole environment as {@link PackedFolder} writes it. Blocks.
     *
     * @return bytes that were sent
     * @throws FetchException when it cannot be packed
     * @throws IOException when the server does not take it
     */
    long send(String lease, Path environment) throws IOException, InterruptedException;

    /**
     * Makes it no more; returns soon, whatever becomes of it.
     *
     * @param shareable whether another agent may have better luck
     */
    void giveBack(String lease, boolean shareable) throws InterruptedException;

    /**
     * Makes a folder of what another agent has sent.
     *
     * @param folder not there yet
     */
    void fetch(EnvironmentTurn.Fetch what, Path folder) throws IOException, InterruptedException;

    /** Lets some time pass, more of it later; to be called by one thread. */
    void rest() throws InterruptedException;
}
