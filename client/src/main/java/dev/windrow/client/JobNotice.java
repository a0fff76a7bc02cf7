package dev.windrow.client;

import java.util.Objects;
import java.util.Optional;

/**
 * Something the author of a job should know that does not stop it.
 *
 * @param path dotted path of the field
 * @param line counts from 1
 * @param column counts from 1
 */
public record JobNotice(
        String message, Optional<String> path, Optional<Integer> line, Optional<Integer> column) {
    /** Insists on the message. */
    public JobNotice {
        Objects.requireNonNull(message, "message");
    }
}
