package dev.windrow.runtime.content;

/**
 * How much of a file is there.
 *
 * @param bytes that need not be sent again
 * @param complete whether all of it is there, and checked
 */
public record Received(long bytes, boolean complete) {}
