package dev.windrow.model.compute;

import java.util.Optional;

/**
 * What a cluster is attached with; two that are equal are the same attachment.
 *
 * @param namespace where jobs run
 * @param createNamespace whether it is made when it is not there
 */
public record Attachment(
        ClusterReference cluster,
        String namespace,
        boolean createNamespace,
        Optional<ManagedIdentity> identity) {

    /** The namespace unless another is asked for. */
    public static final String USUAL_NAMESPACE = "default";
}
