package dev.windrow.k8s.pod;

import dev.windrow.model.compute.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the pods of one fleet are to be; the same for all instances.
 *
 * @param image in which the user's script runs
 * @param agentImage from which the agent is copied into each pod
 * @param server where agents come to
 * @param account ServiceAccount of the pods
 * @param size what an instance has
 * @param where on which machines, and when
 * @param volumes data that pods see
 * @param shared bytes of {@code /dev/shm}; empty for the container runtime's own
 * @param pullSecrets names of Secrets with which images are pulled
 */
public record PodOrder(
        String image,
        String agentImage,
        ServerForPods server,
        String account,
        Size size,
        Where where,
        List<DataVolume> volumes,
        Optional<Long> shared,
        List<String> pullSecrets) {

    public PodOrder {
        volumes = List.copyOf(volumes);
        pullSecrets = List.copyOf(pullSecrets);
    }

    /**
     * Resources of an instance, as Kubernetes writes quantities.
     *
     * @param requests what it is sure to have, by resource
     * @param limits what it never has more of
     */
    public record Size(Map<String, String> requests, Map<String, String> limits) {

        public Size {
            requests = Map.copyOf(requests);
            limits = Map.copyOf(limits);
        }
    }

    /**
     * Which machines take the pods, and in which order.
     *
     * @param nodeSelector labels that a machine must have
     * @param tolerations of taints that do not keep the pods away
     * @param priorityClass of the pods
     * @param queue of Kueue, which then admits the pods of a fleet together
     */
    public record Where(
            Map<String, String> nodeSelector,
            List<Toleration> tolerations,
            Optional<String> priorityClass,
            Optional<Queue> queue) {

        /** Anywhere, as soon as there is room. */
        public static final Where ANYWHERE =
                new Where(Map.of(), List.of(), Optional.empty(), Optional.empty());

        public Where {
            nodeSelector = Map.copyOf(nodeSelector);
            tolerations = List.copyOf(tolerations);
        }
    }

    /**
     * A LocalQueue of Kueue.
     *
     * @param pods of the whole fleet
     */
    public record Queue(String name, int pods) {}
}
