package dev.windrow.k8s.pod;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says what the state of a pod means. Pure: a table of what Kubernetes tells, and our words for it.
 * What is not in the table is told in Kubernetes' own words.
 */
public final class PodTranslator {

    private PodTranslator() {}

    /**
     * Reads a pod.
     *
     * @param events of the pod, the oldest first
     */
    public static PodReading read(Pod pod, List<Event> events) {
        PodStatus status = pod.getStatus();
        String phase = status == null || status.getPhase() == null ? "Pending" : status.getPhase();
        return switch (phase) {
            case "Running" -> running(pod);
            case "Succeeded" -> PodReading.lost("its agent has ended");
            case "Failed" -> failed(pod);
            case "Unknown" -> PodReading.lost("its machine cannot be reached any more");
            default -> pending(pod, events);
        };
    }

    private static PodReading running(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return new PodReading(
                    PodReading.Stage.LEAVING,
                    "is told to end" + disruption(pod).map(why -> ": " + why).orElse(""));
        }
        return isAway(pod)
                ? new PodReading(
                        PodReading.Stage.AWAY,
                        "its machine %s is not heard of any more"
                                .formatted(text(pod.getSpec().getNodeName())))
                : new PodReading(PodReading.Stage.RUNNING, "");
    }

    /** The machine of a pod when it is not heard of, also when the pod was told to end. */
    public static Optional<String> awayMachine(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .filter(status -> status.getConditions() != null && isAway(pod))
                .map(_ -> text(pod.getSpec().getNodeName()));
    }

    /** A machine that is heard gives a reason when a pod is not ready whose containers are. */
    private static boolean isAway(Pod pod) {
        return condition(pod, "Ready")
                        .filter(one ->
                                "False".equals(one.getStatus()) && text(one.getReason()).isEmpty())
                        .isPresent()
                && condition(pod, "ContainersReady")
                        .filter(one -> "True".equals(one.getStatus()))
                        .isPresent();
    }

    private static PodReading pending(Pod pod, List<Event> events) {
        PodReading reading = waiting(pod, events);
        boolean leaves = pod.getMetadata().getDeletionTimestamp() != null && !reading.isOver();
        return leaves
                ? new PodReading(PodReading.Stage.LEAVING, "was told to end before it had begun")
                : reading;
    }

    private static PodReading waiting(Pod pod, List<Event> events) {
        Optional<PodReading> container =
                containers(pod)
                        .flatMap(one -> Waits.of(one, image(pod, one.getName())).stream())
                        .findFirst();
        Optional<PodReading> ended =
                containers(pod).flatMap(one -> startFault(pod, one).stream()).findFirst();
        return ended.or(() -> gate(pod))
                .or(() -> unscheduled(pod))
                .or(() -> container)
                .or(() -> Waits.mount(events))
                .orElseGet(() -> PodReading.waiting(making(pod)));
    }

    /** Something else holds the pod back before it is even looked at, such as a queue. */
    private static Optional<PodReading> gate(Pod pod) {
        return condition(pod, "PodScheduled")
                .filter(one -> "SchedulingGated".equals(one.getReason()))
                .map(_ -> PodReading.waiting("waits for a queue of the cluster to admit it"));
    }

    private static Optional<PodReading> unscheduled(Pod pod) {
        return condition(pod, "PodScheduled")
                .filter(one -> "False".equals(one.getStatus()))
                .map(one -> PodReading.waiting(Waits.unschedulable(one.getMessage())));
    }

    private static String making(Pod pod) {
        if (pod.getSpec() == null || pod.getSpec().getNodeName() == null) {
            return "waits for a machine";
        }
        boolean installing =
                statuses(pod, true)
                        .anyMatch(one ->
                                one.getState() != null && one.getState().getRunning() != null);
        return installing
                ? "the agent is being copied into it"
                : "its containers are being made on machine " + pod.getSpec().getNodeName();
    }

    /** A container that could not begin, while the pod does not know yet that it is over. */
    private static Optional<PodReading> startFault(Pod pod, ContainerStatus one) {
        return terminated(one)
                .filter(end -> end.getExitCode() != null && end.getExitCode() != 0)
                .map(end -> ended(pod, one, end));
    }

    private static PodReading failed(Pod pod) {
        PodStatus status = pod.getStatus();
        String reason = text(status.getReason());
        String message = text(status.getMessage());
        return switch (reason) {
            case "Evicted" -> PodReading.lost("was evicted from its machine: " + message);
            case "Preempting" -> PodReading.lost("had to make room for a pod of higher priority");
            case "NodeLost" -> PodReading.lost("its machine cannot be reached any more");
            case "Shutdown", "NodeShutdown", "Terminated" ->
                    PodReading.lost("its machine was shut down");
            case "NodeAffinity" ->
                    PodReading.lost("its machine does not have the labels it asks for any more");
            case "UnexpectedAdmissionError", "OutOfcpu", "OutOfmemory", "OutOfpods" ->
                    PodReading.lost(
                            "its machine refused it: " + (message.isEmpty() ? reason : message));
            case "DeadlineExceeded" -> PodReading.lost("ran longer than its pod may: " + message);
            default -> failedContainer(pod, reason, message);
        };
    }

    private static PodReading failedContainer(Pod pod, String reason, String message) {
        Optional<String> why = disruption(pod);
        if (why.isPresent()) {
            return PodReading.lost(why.get());
        }
        return containers(pod)
                .flatMap(one -> startFault(pod, one).stream())
                .findFirst()
                .orElseGet(() ->
                        PodReading.lost(
                                Stream.of("its pod has failed", reason, message)
                                        .filter(part -> !part.isEmpty())
                                        .reduce((a, b) -> a + ": " + b)
                                        .orElse("")));
    }

    private static PodReading ended(Pod pod, ContainerStatus one, ContainerStateTerminated end) {
        String reason = text(end.getReason());
        String message = text(end.getMessage());
        String image = image(pod, one.getName());
        if (message.contains("exec format error")) {
            return PodReading.broken(
                    "image %s is made for another processor than that of machine %s"
                            .formatted(image, text(pod.getSpec().getNodeName())));
        }
        if (reason.equals("OOMKilled")) {
            return PodReading.lost(Ends.outOfMemory(pod, one.getName()));
        }
        if (reason.equals("StartError") || reason.equals("ContainerCannotRun")) {
            return PodReading.broken("cannot begin in image %s: %s".formatted(image, message));
        }
        boolean install = one.getName().equals(WorkerPodFactory.INSTALL);
        String what = install ? "the copying of the agent into it" : "its agent";
        return Ends.of(what, end.getExitCode(), Ends.lastLine(message), install);
    }

    /** Who has ended it, when Kubernetes says so. */
    private static Optional<String> disruption(Pod pod) {
        return condition(pod, "DisruptionTarget")
                .filter(one -> "True".equals(one.getStatus()))
                .map(one ->
                        switch (text(one.getReason())) {
                            case "PreemptionByScheduler" ->
                                    "had to make room for a pod of higher priority";
                            case "DeletionByTaintManager" ->
                                    "its machine cannot be reached any more, or takes no more pods";
                            case "EvictionByEvictionAPI" -> "its machine is being emptied";
                            case "DeletionByPodGC" -> "its machine is not there any more";
                            case "TerminationByKubelet" ->
                                    "its machine ended it: " + text(one.getMessage());
                            case String other -> other + ": " + text(one.getMessage());
                        });
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        PodStatus status = pod.getStatus();
        return status == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(one -> type.equals(one.getType()))
                        .findFirst();
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return Stream.concat(statuses(pod, true), statuses(pod, false));
    }

    private static Stream<ContainerStatus> statuses(Pod pod, boolean first) {
        PodStatus status = pod.getStatus();
        return status == null
                ? Stream.empty()
                : (first ? status.getInitContainerStatuses() : status.getContainerStatuses())
                        .stream();
    }

    private static Optional<ContainerStateTerminated> terminated(ContainerStatus one) {
        return Optional.ofNullable(one.getState()).map(state -> state.getTerminated());
    }

    static Optional<ContainerStateWaiting> waiting(ContainerStatus one) {
        return Optional.ofNullable(one.getState()).map(state -> state.getWaiting());
    }

    private static String image(Pod pod, String container) {
        return Stream.concat(
                        pod.getSpec().getInitContainers().stream(),
                        pod.getSpec().getContainers().stream())
                .filter(one -> one.getName().equals(container))
                .map(one -> one.getImage())
                .findFirst()
                .orElse("");
    }

    static String text(String maybe) {
        return maybe == null ? "" : maybe.strip();
    }
}
