package dev.windrow.model.compute;

import java.util.Optional;

/**
 * What a cluster is attached with; two that are equal are the same attachment.
 *
 * @param namespace where jobs run
 * @param createNamespace whether it is made when it is not there
 * @param serverUrl the address of the server as pods see it; empty for the one that clients use
 * @param pods on which terms the cluster takes them
 */
public record Attachment(
        ClusterReference cluster,
        String namespace,
        boolean createNamespace,
        Optional<ManagedIdentity> identity,
        Optional<String> serverUrl,
        InstanceTypes instanceTypes,
        PodTerms pods) {

    /** The namespace unless another is asked for. */
    public static final String USUAL_NAMESPACE = "default";

    /** One whose pods know the server as clients do, and are as usual. */
    public Attachment(
            ClusterReference cluster,
            String namespace,
            boolean createNamespace,
            Optional<ManagedIdentity> identity) {
        this(
                cluster,
                namespace,
                createNamespace,
                identity,
                Optional.empty(),
                InstanceTypes.NONE,
                PodTerms.USUAL);
    }
}
