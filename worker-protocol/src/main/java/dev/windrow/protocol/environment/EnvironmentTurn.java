package dev.windrow.protocol.environment;

import java.util.regex.Pattern;

/** What an agent is to do that asks its job's server for an environment. */
public sealed interface EnvironmentTurn {

    /** Bytes of one piece of an environment on its way to the server. */
    int PIECE_MAX = 4 << 20;

    /** SHA-256 in hexadecimal digits; of an environment, and of its archive. */
    Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** The right to make an environment. */
    Pattern LEASE = Pattern.compile("[0-9a-f]{32}");

    /**
     * It is the one that makes it, as long as it says so again within half a minute each time.
     *
     * @param lease shows that it is this agent
     */
    record Make(String lease) implements EnvironmentTurn {

        public Make {
            if (!LEASE.matcher(lease).matches()) {
                throw new IllegalArgumentException(
                        "lease: %s (expected: 32 hexadecimal digits)".formatted(lease));
            }
        }
    }

    /**
     * Another one makes it: ask again soon.
     *
     * @param agent number of its instance
     */
    record Wait(int agent) implements EnvironmentTurn {}

    /**
     * It is there to be fetched.
     *
     * @param sha256 of the archive, in hexadecimal digits
     * @param bytes of the archive
     */
    record Fetch(String sha256, long bytes) implements EnvironmentTurn {

        public Fetch {
            if (!DIGEST.matcher(sha256).matches() || bytes < 0) {
                throw new IllegalArgumentException(
                        "archive: %s of %d bytes (expected: 64 hexadecimal digits, and 0 or more)"
                                .formatted(sha256, bytes));
            }
        }
    }

    /**
     * It makes its own, and keeps it to itself.
     *
     * @param why the others get none of it
     */
    record Alone(String why) implements EnvironmentTurn {}
}
