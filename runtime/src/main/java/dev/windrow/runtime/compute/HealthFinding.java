package dev.windrow.runtime.compute;

/**
 * One thing that was looked at.
 *
 * @param name what it is, such as {@code python}
 * @param ok whether jobs can do with it
 * @param message what was found, in one sentence
 */
public record HealthFinding(String name, boolean ok, String message) {}
