package dev.windrow.model.compute;

import java.util.List;
import java.util.Optional;

/**
 * On which terms a cluster takes the pods of a compute's jobs.
 *
 * @param tolerations of taints that do not keep them away
 * @param priorityClass of them; empty for the cluster's usual
 * @param queue of Kueue that admits them; empty for none
 * @param pullSecrets names of Secrets with which their images are pulled
 * @param account ServiceAccount that they run as; empty for {@link ClusterManifest#JOB_ACCOUNT}
 */
public record PodTerms(
        List<Toleration> tolerations,
        Optional<String> priorityClass,
        Optional<String> queue,
        List<String> pullSecrets,
        Optional<String> account) {

    /** The cluster's own. */
    public static final PodTerms USUAL =
            new PodTerms(
                    List.of(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public PodTerms {
        tolerations = List.copyOf(tolerations);
        pullSecrets = List.copyOf(pullSecrets);
    }

    /** The name of the ServiceAccount that pods run as. */
    public String serviceAccount() {
        return account.orElse(ClusterManifest.JOB_ACCOUNT);
    }
}
