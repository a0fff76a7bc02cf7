package dev.windrow.runtime.environment;

import java.nio.file.Path;

/**
 * An environment as one file.
 *
 * @param sha256 of the file, in hexadecimal digits
 * @param bytes of the file
 */
public record EnvironmentArchive(Path file, String sha256, long bytes) {}
