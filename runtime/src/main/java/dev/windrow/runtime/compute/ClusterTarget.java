package dev.windrow.runtime.compute;

import dev.windrow.model.compute.Attachment;

/**
 * A compute on a cluster.
 *
 * @param id such as {@code /workspaces/default/computes/gpu}; unique on its server
 */
public record ClusterTarget(String id, Attachment attachment) {}
