package dev.windrow.k8s.attach;

import dev.windrow.k8s.pod.PodTranslator;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/**
 * The commands that mend what is wrong with a namespace. Pure.
 *
 * @param compute name of the compute
 * @param cluster which one it is
 * @param namespace of its jobs
 */
record Mending(String compute, ClusterReference cluster, String namespace) {

    static Mending of(ClusterTarget target) {
        return new Mending(
                target.id().substring(target.id().lastIndexOf('/') + 1),
                target.attachment().cluster(),
                target.attachment().namespace());
    }

    /** Makes the namespace. */
    String create() {
        return kubectl("create namespace " + namespace);
    }

    /** Gives accounts and rights. */
    String manifest() {
        return "windrow compute manifest --namespace %s | %s"
                .formatted(namespace, kubectl("apply -f -"));
    }

    /** Gives the account the right to list InstanceType resources, which belong to no namespace. */
    String instanceTypes() {
        String name = "windrow-instance-types-" + namespace;
        return kubectl(
                        "create clusterrole %s --verb=list --resource=instancetypes.amlarc.azureml.com"
                                .formatted(name))
                + " && "
                + kubectl(
                        "create clusterrolebinding %s --clusterrole=%s --serviceaccount=%s:%s"
                                .formatted(name, name, namespace, ClusterManifest.SERVER_ACCOUNT));
    }

    /** Has the server let in anew. */
    String attach() {
        return switch (cluster) {
            case ClusterReference.Context(String name) ->
                    "kubectl --context %s version".formatted(name);
            case ClusterReference.InCluster _ -> "kubectl auth whoami";
            case ClusterReference.Address _, ClusterReference.AzureResource _ ->
                    "windrow compute attach %s --context CONTEXT --namespace %s"
                            .formatted(compute, namespace);
        };
    }

    /**
     * What to do about machines of pods that are not heard of any more, whose pods no deleting
     * ends.
     *
     * @param pods that have not ended
     * @return the end of a sentence, empty when there are no such machines
     */
    String ofMachines(List<Pod> pods) {
        List<String> away =
                pods.stream()
                        .flatMap(pod -> PodTranslator.awayMachine(pod).stream())
                        .distinct()
                        .sorted()
                        .toList();
        return away.isEmpty()
                ? ""
                : "; pods on a machine that is not heard of any more go when it is back, or by: "
                        + kubectl("delete node " + String.join(" ", away));
    }

    /** Any other. */
    String kubectl(String words) {
        return cluster instanceof ClusterReference.Context(String name)
                ? "kubectl --context %s %s".formatted(name, words)
                : "kubectl " + words;
    }

    String inNamespace(String words) {
        return kubectl("--namespace %s %s".formatted(namespace, words));
    }
}
