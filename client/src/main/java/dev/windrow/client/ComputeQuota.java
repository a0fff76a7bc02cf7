package dev.windrow.client;

import java.util.Objects;
import java.util.Optional;

/**
 * How much of something is used, and how much there may be.
 *
 * @param name such as {@code running_jobs}
 * @param used a number, with its unit if it has one
 * @param limit the same; empty when nothing limits it
 */
public record ComputeQuota(String name, String used, Optional<String> limit) {
    /** Insists on name and use. */
    public ComputeQuota {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(used, "used");
    }
}
