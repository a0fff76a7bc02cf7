package dev.windrow.data.publish;

import dev.windrow.disk.FileMark;
import java.nio.file.Path;

/**
 * A file that is now at its target, whole and durable.
 *
 * @param mark what it looks like
 * @param ranges committed ranges in it, empty ones included
 */
public record PublishedFile(Path path, FileMark mark, long ranges) {}
