package dev.windrow.data.publish;

import java.nio.file.Path;

/**
 * A file that is now at its target, whole and durable.
 *
 * @param bytes its size
 * @param ranges committed ranges in it, empty ones included
 */
public record PublishedFile(Path path, long bytes, long ranges) {}
