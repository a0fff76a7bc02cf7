package dev.windrow.runtime;

import java.util.Optional;

/**
 * What is to be tried again.
 *
 * @param old name of the job that has ended
 * @param name of the job that tries again
 * @param code instead of the old job's snapshot: a folder of this machine, or uploaded content
 * @param merge whether the rows of the old job are put together with the new ones
 */
public record RetryOrder(String old, String name, Optional<String> code, boolean merge) {}
