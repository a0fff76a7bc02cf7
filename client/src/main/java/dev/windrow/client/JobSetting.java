package dev.windrow.client;

import java.util.Objects;
import java.util.Optional;

/**
 * A setting in force.
 *
 * @param source where it comes from
 */
public record JobSetting(String name, String value, Optional<String> source) {
    /** Insists on name and value. */
    public JobSetting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
