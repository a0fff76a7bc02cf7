package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.PodReading;
import dev.windrow.k8s.pod.PodTranslator;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a probe pod has shown. Pure. */
final class ProbeReading {

    private static final String NAME = "server";

    /** As the probe's main class has it. */
    private static final int UNREACHED = 3;

    private static final int UNTRUSTED = 4;

    private static final int FORBIDDEN = 403;

    /** Reasons that do not pass; a first failure to pull is tried again. */
    private static final Set<String> NO_IMAGE =
            Set.of("ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");

    private final String compute;
    private final String namespace;
    private final String server;

    ProbeReading(ClusterTarget target) {
        this.compute = Mending.of(target).compute();
        this.namespace = target.attachment().namespace();
        this.server = target.server().toString();
    }

    /** Whether there is nothing more to wait for. */
    static boolean isKnown(Pod pod) {
        return end(pod).isPresent()
                || waits(pod).anyMatch(NO_IMAGE::contains)
                || (pod.getStatus() != null && "Failed".equals(pod.getStatus().getPhase()));
    }

    /**
     * Reads it, also when it has not ended.
     *
     * @param events of the pod, the oldest first
     */
    Check of(Pod pod, List<Event> events) {
        Optional<ContainerStateTerminated> end = end(pod);
        int status = end.map(ContainerStateTerminated::getExitCode).orElse(-1);
        String said = end.map(ContainerStateTerminated::getMessage).orElse("").strip();
        if (status == 0) {
            return Check.good(
                    NAME,
                    "pods in %s reach %s".formatted(namespace, server)
                            + (said.isEmpty() ? "" : ", " + said));
        }
        return switch (status) {
            case UNREACHED -> unreachable(said);
            case UNTRUSTED -> untrusted(said);
            default -> unknown(PodTranslator.read(pod, events), pod);
        };
    }

    private Check unreachable(String cause) {
        return wrong(
                "SERVER_UNREACHABLE",
                "pods in %s cannot reach %s: %s; set --public-url of windrow server, or --server-url of windrow compute attach %s"
                        .formatted(namespace, server, cause, compute));
    }

    private Check untrusted(String cause) {
        return wrong(
                "SERVER_UNTRUSTED",
                "pods in %s cannot reach %s: %s; set --agent-ca-file of windrow server to a file with the certificate of who vouches for it"
                        .formatted(namespace, server, cause));
    }

    private Check unknown(PodReading read, Pod pod) {
        if (waits(pod).anyMatch(NO_IMAGE::contains)
                || waits(pod).anyMatch("ErrImagePull"::equals)) {
            return wrong(
                    "AGENT_IMAGE_UNUSABLE",
                    read.sentence()
                            + "; set --agent-image of windrow server, or image_pull_secrets of compute "
                            + compute);
        }
        if (isUnscheduled(pod)) {
            return untried(read.sentence());
        }
        String why = read.sentence().isEmpty() ? "it has not ended in time" : read.sentence();
        return wrong("PROBE_FAILED", failed(why));
    }

    private String failed(String why) {
        return "a pod that was to try %s from namespace %s did not run: %s"
                .formatted(server, namespace, why);
    }

    /** That machines or a quota are in use just now says nothing against the compute. */
    private Check untried(String why) {
        return Check.good(NAME, "not tried from pods, as there is no room for one now: " + why);
    }

    /** Somebody else has removed it. */
    Check gone() {
        return wrong("PROBE_FAILED", failed("it was removed before it had ended"));
    }

    /** The cluster did not even want it. */
    Check refused(RefusedException why) {
        String said = String.valueOf(why.getMessage());
        boolean full =
                why.getCause() instanceof KubernetesClientException cause
                        && cause.getCode() == FORBIDDEN
                        && said.startsWith("the quota of the namespace is used up");
        return full ? untried(said) : wrong("PROBE_FAILED", failed(said));
    }

    private static Check wrong(String code, String message) {
        return new Check(NAME, false, code, message);
    }

    private static boolean isUnscheduled(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(one ->
                                "PodScheduled".equals(one.getType())
                                        && "False".equals(one.getStatus()));
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : pod.getStatus().getContainerStatuses().stream();
    }

    private static Optional<ContainerStateTerminated> end(Pod pod) {
        return containers(pod)
                .flatMap(one ->
                        Stream.ofNullable(
                                one.getState() == null ? null : one.getState().getTerminated()))
                .findFirst();
    }

    private static Stream<String> waits(Pod pod) {
        return containers(pod)
                .filter(one -> one.getState() != null && one.getState().getWaiting() != null)
                .flatMap(one -> Stream.ofNullable(one.getState().getWaiting().getReason()));
    }
}
