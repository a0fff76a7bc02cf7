package dev.windrow.client;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A log file, or a file of an output.
 *
 * @param path relative, with {@code /}
 * @param bytes its length
 * @param complete whether it will not grow any more
 */
public record JobFile(
        String path,
        long bytes,
        Optional<Instant> modifiedAt,
        boolean complete,
        Optional<String> url) {
    /** Insists on a path and a length. */
    public JobFile {
        Objects.requireNonNull(path, "path");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
        }
    }
}
