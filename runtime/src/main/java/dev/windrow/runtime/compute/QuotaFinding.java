package dev.windrow.runtime.compute;

import java.util.Optional;

/**
 * How much of something is used, and how much there may be.
 *
 * @param name such as {@code running_jobs}, or that of a resource of the cluster
 * @param used a number, with its unit if it has one
 * @param limit the same; empty when nothing limits it
 */
public record QuotaFinding(String name, String used, Optional<String> limit) {}
