package dev.windrow.client;

import java.util.Objects;

/**
 * One thing that a server has looked at.
 *
 * @param name such as {@code python} or {@code writable}
 * @param ok whether jobs can do with it
 * @param message what was found
 */
public record Finding(String name, boolean ok, String message) {
    /** Insists on name and message. */
    public Finding {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(message, "message");
    }
}
