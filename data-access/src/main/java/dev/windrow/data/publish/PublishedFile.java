package dev.windrow.data.publish;

import java.nio.file.Path;

/** A file that is now at its target, whole and durable. */
public record PublishedFile(Path path, long bytes, long ranges) {}
