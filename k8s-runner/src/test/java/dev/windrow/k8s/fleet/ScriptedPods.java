package dev.windrow.k8s.fleet;

import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.ObjectNames;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A namespace in memory, which does what a test tells it. */
final class ScriptedPods implements PodPort {

    final Map<String, Pod> pods = new TreeMap<>();
    final List<String> done = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    int asked;
    boolean synced = true;
    boolean shows = true;

    /** A pod that is deleted stays for a while, and at first nobody sees that it was. */
    boolean slowly;

    String refuses = "";

    private void act(String what) {
        if (!refuses.isEmpty()) {
            throw new RefusedException(refuses, new IllegalStateException(refuses));
        }
        done.add(what);
    }

    @Override
    public List<Pod> pods(String fleet) {
        return shows
                ? pods.values().stream()
                        .filter(pod ->
                                fleet.equals(pod.getMetadata().getLabels().get(ObjectNames.FLEET)))
                        .toList()
                : List.of();
    }

    @Override
    public boolean isSynced() {
        return synced;
    }

    @Override
    public List<Event> events(String pod) {
        asked++;
        return List.copyOf(events);
    }

    @Override
    public OwnerReference keep(
            String fleet,
            Map<String, String> labels,
            Map<String, String> annotations,
            String token) {
        act("secret " + token);
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withName(fleet)
                .withUid("u-" + fleet)
                .build();
    }

    @Override
    public void create(Pod pod) {
        act("create " + number(pod));
        pods.put(pod.getMetadata().getName(), pod);
    }

    private static String number(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault(ObjectNames.INSTANCE, "");
    }

    @Override
    public void delete(String pod) {
        act("delete " + pod.substring(pod.lastIndexOf('-') + 1));
        if (!slowly) {
            pods.remove(pod);
        }
    }

    @Override
    public void deleteFleet(String fleet) {
        act("delete fleet");
        pods.clear();
    }

    @Override
    public AutoCloseable watch(String fleet, Runnable changed) {
        return () -> {};
    }

    /** Puts a pod into a phase. */
    void phase(ObjectNames names, int instance, String phase) {
        pods.computeIfPresent(
                names.pod(instance),
                (_, pod) ->
                        new PodBuilder(pod).withNewStatus().withPhase(phase).endStatus().build());
    }

    /** Has the machine of a pod fall silent, as a cluster tells it. */
    void away(ObjectNames names, int instance, String machine) {
        pods.computeIfPresent(
                names.pod(instance),
                (_, pod) ->
                        new PodBuilder(pod)
                                .editSpec()
                                .withNodeName(machine)
                                .endSpec()
                                .withNewStatus()
                                .withPhase("Running")
                                .addNewCondition()
                                .withType("Ready")
                                .withStatus("False")
                                .endCondition()
                                .addNewCondition()
                                .withType("ContainersReady")
                                .withStatus("True")
                                .endCondition()
                                .endStatus()
                                .build());
    }

    /** Has a pod told to end, which it does later. */
    void told(ObjectNames names, int instance, String phase) {
        phase(names, instance, phase);
        pods.computeIfPresent(
                names.pod(instance),
                (_, pod) ->
                        new PodBuilder(pod)
                                .editMetadata()
                                .withDeletionTimestamp("2026-11-22T10:00:00Z")
                                .endMetadata()
                                .build());
    }

    /** Ends a pod with an exit status. */
    void exit(ObjectNames names, int instance, int status, String last) {
        pods.computeIfPresent(
                names.pod(instance),
                (_, pod) ->
                        new PodBuilder(pod)
                                .withNewStatus()
                                .withPhase("Failed")
                                .withContainerStatuses(
                                        new ContainerStatusBuilder()
                                                .withName("worker")
                                                .withNewState()
                                                .withNewTerminated()
                                                .withExitCode(status)
                                                .withMessage(last)
                                                .endTerminated()
                                                .endState()
                                                .build())
                                .endStatus()
                                .build());
    }
}
