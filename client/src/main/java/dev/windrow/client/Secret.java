package dev.windrow.client;

import java.time.Instant;
import java.util.Objects;

/** What is known of a secret of a workspace; never its value. */
public record Secret(String name, Instant updatedAt, String updatedBy) {
    /** Insists on a name. */
    public Secret {
        Objects.requireNonNull(name, "name");
    }
}
