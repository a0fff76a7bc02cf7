package dev.windrow.k8s.pod;

import static dev.windrow.k8s.pod.PodParts.mount;
import static dev.windrow.k8s.pod.PodParts.named;
import static dev.windrow.k8s.pod.PodParts.variable;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the pod of one instance. Pure: the same order gives the same pod. The pod passes the level
 * {@code restricted} of Pod Security; the user's image is the main container and needs nothing of
 * ours, since an init container copies the agent into a folder that both see.
 */
public final class WorkerPodFactory {

    /** The container that runs the user's image. */
    public static final String WORKER = "worker";

    /** The container that brings the agent. */
    public static final String INSTALL = "install-agent";

    /** Time for an agent that is told to end to give back what it has not begun. */
    static final long GRACE_SECONDS = 30;

    private static final String AGENT_MAIN = "dev.windrow.worker.pod.PodAgentMain";
    private static final String AGENT = "agent";
    private static final String TOKEN = "token";
    private static final String WORK = "work";
    private static final String TEMPORARY = "tmp";
    private static final String SHARED = "shm";

    private final PodOrder order;
    private final ObjectNames names;
    private final OwnerReference owner;

    /**
     * @param owner whose deletion deletes the pod too
     */
    public WorkerPodFactory(PodOrder order, ObjectNames names, OwnerReference owner) {
        this.order = order;
        this.names = names;
        this.owner = owner;
    }

    /** The pod of an instance. */
    public Pod pod(int instance) {
        Map<String, String> labels = new HashMap<>(names.labels());
        labels.put(ObjectNames.INSTANCE, Integer.toString(instance));
        Map<String, String> annotations = new TreeMap<>();
        order.where()
                .queue()
                .ifPresent(queue -> {
                    labels.putAll(KueueGroup.labels(queue, names.fleet()));
                    annotations.putAll(KueueGroup.annotations(queue));
                });
        return new PodBuilder()
                .withNewMetadata()
                .withName(names.pod(instance))
                .withLabels(new TreeMap<>(labels))
                .withAnnotations(annotations)
                .addToAnnotations(ObjectNames.JOB, names.job())
                .addToAnnotations("kubectl.kubernetes.io/default-container", WORKER)
                // A cluster that makes room must not take an instance that works.
                .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .withOwnerReferences(owner)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withServiceAccountName(order.account())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(PodParts.podSecurity())
                .withImagePullSecrets(PodParts.secrets(order.pullSecrets()))
                .withNodeSelector(new TreeMap<>(order.where().nodeSelector()))
                .withTolerations(PodParts.tolerations(order.where().tolerations()))
                .withPriorityClassName(order.where().priorityClass().orElse(null))
                .withInitContainers(install())
                .withContainers(worker(instance))
                .withVolumes(volumes())
                .endSpec()
                .build();
    }

    private Container install() {
        return new ContainerBuilder()
                .withName(INSTALL)
                .withImage(order.agentImage())
                .withArgs(PodPlaces.AGENT)
                .withSecurityContext(PodParts.security())
                .withResources(PodParts.resources(INSTALL_SIZE))
                .withVolumeMounts(
                        mount(AGENT, PodPlaces.AGENT, false), mount(TEMPORARY, "/tmp", false))
                .build();
    }

    private static final PodOrder.Size INSTALL_SIZE =
            new PodOrder.Size(
                    Map.of("cpu", "100m", "memory", "64Mi"), Map.of("cpu", "1", "memory", "256Mi"));

    private Container worker(int instance) {
        return new ContainerBuilder()
                .withName(WORKER)
                .withImage(order.image())
                // No shell: the user's image need not have one.
                .withCommand(
                        PodPlaces.AGENT + "/runtime/bin/java",
                        "@" + PodPlaces.AGENT + "/agent.options",
                        AGENT_MAIN)
                .withWorkingDir(PodPlaces.WORK)
                .withEnv(environment(instance))
                .withResources(PodParts.resources(order.size()))
                .withSecurityContext(PodParts.security())
                .withVolumeMounts(mounts())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build();
    }

    /** What users set for their script comes with the agent's configuration, and is not here. */
    private List<EnvVar> environment(int instance) {
        return order.server()
                .variables(
                        variable("WINDROW_INSTANCE", Integer.toString(instance)),
                        variable("WINDROW_TOKEN_FILE", PodPlaces.TOKENS + "/" + PodPlaces.TOKEN),
                        variable("WINDROW_WORK", PodPlaces.WORK),
                        variable("HOME", PodPlaces.WORK),
                        // Where no locale is set, as in many images, Java takes file names for
                        // ASCII.
                        variable("LC_CTYPE", "C.UTF-8"));
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount(AGENT, PodPlaces.AGENT, true));
        mounts.add(mount(TOKEN, PodPlaces.TOKENS, true));
        mounts.add(mount(WORK, PodPlaces.WORK, false));
        mounts.add(mount(TEMPORARY, "/tmp", false));
        order.shared().ifPresent(_ -> mounts.add(mount(SHARED, "/dev/shm", false)));
        order.volumes().forEach(data -> mounts.add(mount(volume(data), data.path(), false)));
        return mounts;
    }

    static String volume(DataVolume data) {
        return "data-" + data.name();
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        for (String name : List.of(AGENT, WORK, TEMPORARY)) {
            volumes.add(named(name).withNewEmptyDir().endEmptyDir().build());
        }
        volumes.add(
                named(TOKEN)
                        .withNewSecret()
                        .withSecretName(names.fleet())
                        .addNewItem()
                        .withKey(PodPlaces.TOKEN)
                        .withPath(PodPlaces.TOKEN)
                        .endItem()
                        .withDefaultMode(0440)
                        .endSecret()
                        .build());
        order.shared()
                .ifPresent(bytes ->
                        volumes.add(
                                named(SHARED)
                                        .withEmptyDir(
                                                new EmptyDirVolumeSourceBuilder()
                                                        .withMedium("Memory")
                                                        .withSizeLimit(
                                                                new Quantity(bytes.toString()))
                                                        .build())
                                        .build()));
        order.volumes().forEach(data -> volumes.add(of(data)));
        return volumes;
    }

    static Volume of(DataVolume data) {
        return switch (data) {
            case DataVolume.Claim claim ->
                    named(volume(data))
                            .withNewPersistentVolumeClaim()
                            .withClaimName(claim.claim())
                            .endPersistentVolumeClaim()
                            .build();
            case DataVolume.HostFolder host ->
                    named(volume(data))
                            .withNewHostPath()
                            .withPath(host.folder())
                            .withType("Directory")
                            .endHostPath()
                            .build();
        };
    }
}
