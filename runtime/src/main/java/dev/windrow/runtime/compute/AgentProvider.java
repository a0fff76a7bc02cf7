package dev.windrow.runtime.compute;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets this machine work for a job of a server; found by {@link java.util.ServiceLoader}. */
public interface AgentProvider {

    /**
     * What an agent needs.
     *
     * @param token of the job
     * @param python the interpreter asked for; empty to look for one
     * @param work below which it works in a folder of its own, also if it sees the job's folder;
     *     empty to do that only when it does not, below the home
     * @param home of this machine's user
     */
    record AgentRequest(
            URI server, String token, Optional<String> python, Optional<Path> work, Path home) {}

    /**
     * Joins the fleet of the token's job and works for it until it has ended. Blocks.
     *
     * @param said gets what a user may want to know, a line each
     * @return why it did not work, or ended early; empty when the job needs it no more
     * @throws IOException when the server does not answer at all
     */
    Optional<String> run(AgentRequest request, Consumer<String> said)
            throws IOException, InterruptedException;
}
