package dev.windrow.protocol.transfer;

/**
 * A file on a volume.
 *
 * @param path below the place that was asked for, with slashes
 * @param modifiedMillis since 1970
 */
public record FoundFile(String path, long bytes, long modifiedMillis) {}
