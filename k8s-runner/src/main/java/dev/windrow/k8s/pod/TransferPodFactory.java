package dev.windrow.k8s.pod;

import static dev.windrow.k8s.pod.PodParts.variable;

import dev.windrow.model.compute.PodTerms;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the pod that serves a volume to the server. Pure. Nothing of a user's runs in it: the image
 * of the agent is its only container. It passes the level {@code restricted} of Pod Security.
 */
public final class TransferPodFactory {

    /** Its container. */
    public static final String CONTAINER = "transfer";

    /** A server that is gone does not keep it for longer. */
    public static final long LIFE_SECONDS = 4 * 60 * 60;

    private static final long GRACE_SECONDS = 5;
    private static final String AGENT_MAIN = "dev.windrow.worker.pod.TransferMain";
    private static final String HOME = "/opt/windrow";
    private static final String TOKENS = PodPlaces.TOKENS;
    private static final String TOKEN = "token";
    private static final String TEMPORARY = "tmp";

    /**
     * What it is for.
     *
     * @param image of the agent
     * @param server that it serves
     * @param terms on which the cluster takes pods
     * @param volume that it serves
     * @param root folder that it serves, as it sees it
     * @param writes whether it may change what is there
     */
    public record Order(
            String image,
            ServerForPods server,
            PodTerms terms,
            DataVolume volume,
            String root,
            boolean writes) {}

    private final Order order;
    private final ObjectNames names;
    private final OwnerReference owner;

    /**
     * @param owner whose deletion deletes the pod too; its Secret has the token
     */
    public TransferPodFactory(Order order, ObjectNames names, OwnerReference owner) {
        this.order = order;
        this.names = names;
        this.owner = owner;
    }

    /** The pod. */
    public Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName(names.fleet())
                .withLabels(new TreeMap<>(names.transferLabels()))
                .addToAnnotations(ObjectNames.JOB, names.job())
                .withOwnerReferences(owner)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(LIFE_SECONDS)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withServiceAccountName(order.terms().serviceAccount())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(PodParts.podSecurity())
                .withImagePullSecrets(PodParts.secrets(order.terms().pullSecrets()))
                .withTolerations(PodParts.tolerations(order.terms().tolerations()))
                .withPriorityClassName(order.terms().priorityClass().orElse(null))
                .withContainers(container())
                .withVolumes(volumes())
                .endSpec()
                .build();
    }

    private Container container() {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(order.image())
                .withCommand(
                        HOME + "/runtime/bin/java",
                        "-Xms16m",
                        "-Xmx64m",
                        "-Xss512k",
                        "-XX:MaxMetaspaceSize=40m",
                        "-XX:ReservedCodeCacheSize=16m",
                        "-XX:MaxDirectMemorySize=16m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "-cp",
                        HOME + "/lib/*",
                        AGENT_MAIN)
                .withEnv(
                        order.server()
                                .variables(
                                        variable(
                                                "WINDROW_TOKEN_FILE",
                                                TOKENS + "/" + PodPlaces.TOKEN),
                                        variable("WINDROW_VOLUME", order.root()),
                                        // Where no locale is set Java takes file names for ASCII.
                                        variable("LC_ALL", "C.UTF-8")))
                .withResources(
                        new ResourceRequirementsBuilder()
                                .withRequests(quantities("50m", "96Mi"))
                                .withLimits(quantities("1", "192Mi"))
                                .build())
                .withSecurityContext(PodParts.security())
                .withVolumeMounts(
                        PodParts.mount(TOKEN, TOKENS, true),
                        PodParts.mount(TEMPORARY, "/tmp", false),
                        PodParts.mount(
                                WorkerPodFactory.volume(order.volume()),
                                order.volume().path(),
                                !order.writes()))
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build();
    }

    private static Map<String, Quantity> quantities(String cpu, String memory) {
        return Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory));
    }

    private List<Volume> volumes() {
        return List.of(
                PodParts.named(TOKEN)
                        .withNewSecret()
                        .withSecretName(names.fleet())
                        .addNewItem()
                        .withKey(PodPlaces.TOKEN)
                        .withPath(PodPlaces.TOKEN)
                        .endItem()
                        .withDefaultMode(0440)
                        .endSecret()
                        .build(),
                PodParts.named(TEMPORARY).withNewEmptyDir().endEmptyDir().build(),
                WorkerPodFactory.of(order.volume()));
    }
}
