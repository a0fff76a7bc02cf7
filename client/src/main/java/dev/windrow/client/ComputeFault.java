package dev.windrow.client;

import java.util.Objects;

/**
 * Why something about a compute failed.
 *
 * @param code stable, for programs
 */
public record ComputeFault(String code, String message) {
    /** Insists on both. */
    public ComputeFault {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
