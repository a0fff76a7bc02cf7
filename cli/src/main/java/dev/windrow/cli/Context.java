package dev.windrow.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server under a name of the user's.
 *
 * @param tokenFile holds the token; readable by its owner alone
 * @param token itself, only where the user has written it into the file
 * @param caFile certificates of who vouches for the server
 */
record Context(
        String name,
        URI server,
        Optional<String> workspace,
        Optional<Path> tokenFile,
        Optional<String> token,
        Optional<Path> caFile) {

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "Context[" + name + " at " + server + "]";
    }
}
