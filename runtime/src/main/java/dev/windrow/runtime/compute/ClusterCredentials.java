package dev.windrow.runtime.compute;

import java.net.URI;

/**
 * How a server is let into a cluster that it does not run in: as one account of one namespace.
 *
 * @param address of the cluster's interface
 * @param authority certificates that it is known by, as PEM text
 * @param token of the account; a secret
 */
public record ClusterCredentials(URI address, String authority, String token) {

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return "ClusterCredentials[address=%s]".formatted(address);
    }
}
