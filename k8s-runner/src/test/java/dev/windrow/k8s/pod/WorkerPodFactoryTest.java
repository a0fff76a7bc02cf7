package dev.windrow.k8s.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.model.compute.PodTerms;
import dev.windrow.model.compute.Toleration;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of an order. */
final class WorkerPodFactoryTest {

    private static final ObjectNames NAMES =
            new ObjectNames(
                    "here",
                    "/workspaces/default/computes/gpu",
                    "/workspaces/default/jobs/nightly",
                    7);
    private static final OwnerReference OWNER =
            new OwnerReferenceBuilder().withName("wr-1").withUid("u").build();
    private static final Toleration GPUS =
            new Toleration(
                    Optional.of("nvidia.com/gpu"), Optional.empty(), Optional.of("NoSchedule"));
    private static final Toleration TEAM =
            new Toleration(Optional.of("team"), Optional.of(""), Optional.empty());
    private static final Toleration ALL =
            new Toleration(Optional.empty(), Optional.empty(), Optional.empty());

    private static Pod pod(PodOrder.Where where, int instance) {
        PodOrder order =
                new PodOrder(
                        "python:3.12",
                        "agent:1",
                        ServerForPods.at("http://windrow:7480"),
                        "reader",
                        new PodOrder.Size(
                                Map.of("cpu", "1"), Map.of("nvidia.com/gpu", "2", "memory", "4Gi")),
                        where,
                        List.of(),
                        Optional.of(2L << 30),
                        List.of("registry"));
        return new WorkerPodFactory(order, NAMES, OWNER).pod(instance);
    }

    @Test
    void thePodsOfAFleetAreOneGroupForKueue() {
        PodOrder.Where where =
                new PodOrder.Where(
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(new PodOrder.Queue("team-a", 3)));
        for (int instance : List.of(0, 7)) {
            Pod pod = pod(where, instance);
            assertThat(pod.getMetadata().getLabels())
                    .containsEntry("kueue.x-k8s.io/queue-name", "team-a")
                    .containsEntry("kueue.x-k8s.io/pod-group-name", NAMES.fleet());
            assertThat(pod.getMetadata().getAnnotations())
                    .containsEntry("kueue.x-k8s.io/pod-group-total-count", "3")
                    .containsEntry("kueue.x-k8s.io/pod-group-fast-admission", "true")
                    .containsEntry(ObjectNames.JOB, NAMES.job());
        }
        Pod free = pod(PodOrder.Where.ANYWHERE, 0);
        assertThat(free.getMetadata().getLabels().keySet())
                .noneMatch(one -> one.startsWith("kueue"));
        assertThat(free.getMetadata().getAnnotations().keySet())
                .noneMatch(one -> one.startsWith("kueue"));
    }

    @Test
    void aPodIsTakenOnTheTermsOfItsCompute() {
        Pod pod =
                pod(
                        new PodOrder.Where(
                                Map.of("pool", "gpu"),
                                List.of(GPUS, TEAM, ALL),
                                Optional.of("batch"),
                                Optional.empty()),
                        0);
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("reader");
        assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("batch");
        assertThat(pod.getSpec().getNodeSelector()).isEqualTo(Map.of("pool", "gpu"));
        assertThat(pod.getSpec().getImagePullSecrets())
                .singleElement()
                .satisfies(one -> assertThat(one.getName()).isEqualTo("registry"));
        assertThat(pod.getSpec().getTolerations())
                .extracting(
                        one -> one.getKey(),
                        one -> one.getOperator(),
                        one -> one.getValue(),
                        one -> one.getEffect())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "nvidia.com/gpu", "Exists", null, "NoSchedule"),
                        org.assertj.core.groups.Tuple.tuple("team", "Equal", "", null),
                        org.assertj.core.groups.Tuple.tuple(null, "Exists", null, null));
    }

    @Test
    void sharedMemoryAndGpusComeFromTheOrder() {
        Pod pod = pod(PodOrder.Where.ANYWHERE, 0);
        assertThat(pod.getSpec().getContainers().getFirst().getResources().getLimits())
                .containsEntry("nvidia.com/gpu", new Quantity("2"))
                .containsEntry("memory", new Quantity("4Gi"));
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(one -> one.getName().equals("shm"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getEmptyDir().getMedium()).isEqualTo("Memory");
                    assertThat(one.getEmptyDir().getSizeLimit())
                            .isEqualTo(new Quantity("2147483648"));
                });
    }

    @Test
    void aProbeIsTakenOnTheSameTermsButWaitsForNoQueue() {
        ProbePodFactory factory = new ProbePodFactory("here", "/workspaces/default/computes/gpu");
        Pod pod =
                factory.pod(
                        "agent:1",
                        ServerForPods.at("http://windrow:7480"),
                        new PodTerms(
                                List.of(ALL),
                                Optional.of("batch"),
                                Optional.of("team-a"),
                                List.of("registry"),
                                Optional.empty()),
                        Map.of("pool", "gpu"));
        assertThat(pod.getMetadata().getName()).isEqualTo(factory.name()).startsWith("wr-");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry(ObjectNames.INSTALLATION, "here")
                .doesNotContainKey(ObjectNames.FLEET)
                .doesNotContainKey("kueue.x-k8s.io/queue-name");
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("windrow-job");
        assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("batch");
        assertThat(pod.getSpec().getNodeSelector()).isEqualTo(Map.of("pool", "gpu"));
        assertThat(pod.getSpec().getTolerations()).hasSize(1);
        assertThat(pod.getSpec().getActiveDeadlineSeconds()).isEqualTo(90);
    }
}
