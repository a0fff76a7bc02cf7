package dev.windrow.k8s.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.windrow.model.compute.PodTerms;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.junit.jupiter.api.Test;

final class TransferPodFactoryTest {

    private static final ObjectNames NAMES =
            new ObjectNames(
                    "abc",
                    "/workspaces/default/computes/gpu",
                    "/workspaces/default/computes/gpu/volumes/1",
                    0);

    private static Pod pod(boolean writes) {
        OwnerReference owner =
                new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Secret")
                        .withName(NAMES.fleet())
                        .withUid("1")
                        .build();
        TransferPodFactory.Order order =
                new TransferPodFactory.Order(
                        "agent:1",
                        ServerForPods.at("http://server:7480"),
                        PodTerms.USUAL,
                        new DataVolume.Claim("0", "/windrow/volume", "data"),
                        "/windrow/volume/below",
                        writes);
        return new TransferPodFactory(order, NAMES, owner).pod();
    }

    private static Container container(boolean writes) {
        return pod(writes).getSpec().getContainers().getFirst();
    }

    @Test
    void runsTheAgentsImageAloneAndNotForEver() {
        Pod pod = pod(false);
        assertThat(pod.getSpec().getContainers()).hasSize(1);
        assertThat(pod.getSpec().getInitContainers()).isEmpty();
        assertThat(container(false).getImage()).isEqualTo("agent:1");
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSpec().getActiveDeadlineSeconds()).isEqualTo(4 * 60 * 60);
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container(false).getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    }

    @Test
    void isKnownForWhatItIs() {
        assertThat(pod(false).getMetadata().getLabels())
                .containsEntry(ObjectNames.INSTALLATION, "abc")
                .containsEntry(ObjectNames.COMPONENT, ObjectNames.TRANSFER)
                .containsEntry(ObjectNames.FLEET, NAMES.fleet())
                .doesNotContainKey(ObjectNames.INSTANCE);
        assertThat(pod(false).getMetadata().getOwnerReferences()).hasSize(1);
    }

    @Test
    void mayWriteOnlyWhenItIsToRemove() {
        assertThat(volume(false).getReadOnly()).isTrue();
        assertThat(volume(true).getReadOnly()).isNull();
    }

    private static VolumeMount volume(boolean writes) {
        return container(writes).getVolumeMounts().stream()
                .filter(one -> one.getMountPath().equals("/windrow/volume"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isToldOfTheFolderAndOfNoToken() {
        assertThat(container(false).getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue)
                .contains(tuple("WINDROW_VOLUME", "/windrow/volume/below"))
                .doesNotContainNull();
        assertThat(container(false).getEnv())
                .extracting(EnvVar::getName)
                .containsExactly(
                        "WINDROW_SERVER", "WINDROW_TOKEN_FILE", "WINDROW_VOLUME", "LC_ALL");
    }
}
