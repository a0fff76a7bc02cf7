package dev.windrow.client;

import java.net.URI;

/** Nobody listens at the server's address. */
public final class NoServerException extends WindrowException {
    private static final long serialVersionUID = 1L;

    NoServerException(URI server, Throwable cause) {
        super(
                "NO_SERVER",
                "No server at %s. Start one: windrow server. Or run here: windrow run FILE"
                        .formatted(server),
                cause);
    }
}
