package dev.windrow.client;

import java.util.Objects;

/**
 * An output of a submitted job.
 *
 * @param ready whether it is there, whole
 */
public record JobOutput(String name, String type, String location, boolean ready) {
    /** Insists on what every output has. */
    public JobOutput {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(location, "location");
    }
}
