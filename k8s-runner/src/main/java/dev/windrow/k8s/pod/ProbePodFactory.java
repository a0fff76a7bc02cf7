package dev.windrow.k8s.pod;

import static dev.windrow.k8s.pod.PodParts.variable;

import dev.windrow.model.compute.PodTerms;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the pod that looks from a namespace whether the server can be reached. Pure. It runs the
 * agent's image as it is, on the terms of the pods of jobs, but waits for no queue.
 */
public final class ProbePodFactory {

    /** Its only container. */
    public static final String PROBE = "probe";

    /** The annotation with the id of the compute. */
    public static final String COMPUTE = "windrow.dev/compute";

    private static final long END_SECONDS = 90;
    private static final String RESULT = "/dev/termination-log";
    private static final String HOME = "/opt/windrow";
    private static final PodOrder.Size SIZE =
            new PodOrder.Size(
                    Map.of("cpu", "50m", "memory", "64Mi"), Map.of("cpu", "1", "memory", "128Mi"));

    private final String installation;
    private final String compute;

    /**
     * @param installation of the server
     * @param compute id of the compute
     */
    public ProbePodFactory(String installation, String compute) {
        this.installation = installation;
        this.compute = compute;
    }

    /** Its name, always the same, so that one that was left behind is found. */
    public String name() {
        return new ObjectNames(installation, compute, compute, 0).fleet() + "-probe";
    }

    /**
     * The pod.
     *
     * @param image of the agent
     * @param server that is tried
     * @param nodeSelector labels of the machines that jobs run on
     */
    public Pod pod(
            String image, ServerForPods server, PodTerms terms, Map<String, String> nodeSelector) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name())
                .addToLabels("app.kubernetes.io/name", "windrow")
                // Rules of the network that hold for agents have to hold for it.
                .addToLabels("app.kubernetes.io/component", "agent")
                .addToLabels("app.kubernetes.io/managed-by", "windrow")
                .addToLabels(ObjectNames.INSTALLATION, installation)
                .addToLabels(ObjectNames.COMPUTE, ObjectNames.computeLabel(compute))
                .addToAnnotations(COMPUTE, compute)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(END_SECONDS)
                .withTerminationGracePeriodSeconds(1L)
                .withServiceAccountName(terms.serviceAccount())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(PodParts.podSecurity())
                .withImagePullSecrets(PodParts.secrets(terms.pullSecrets()))
                .withNodeSelector(new TreeMap<>(nodeSelector))
                .withTolerations(PodParts.tolerations(terms.tolerations()))
                .withPriorityClassName(terms.priorityClass().orElse(null))
                .addNewContainer()
                .withName(PROBE)
                .withImage(image)
                .withCommand(
                        HOME + "/runtime/bin/java",
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        HOME + "/lib/*",
                        "dev.windrow.worker.pod.ProbeMain")
                .withEnv(server.variables(variable("WINDROW_PROBE_RESULT", RESULT)))
                .withResources(PodParts.resources(SIZE))
                .withSecurityContext(PodParts.security())
                .withTerminationMessagePath(RESULT)
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .endContainer()
                .endSpec()
                .build();
    }
}
