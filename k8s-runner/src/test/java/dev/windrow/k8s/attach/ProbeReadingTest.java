package dev.windrow.k8s.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.access.RefusedException;
import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.PodImages;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of the states that a probe pod can be in. */
final class ProbeReadingTest {

    private static final ProbeReading READING =
            new ProbeReading(
                    new ClusterTarget(
                            "/workspaces/default/computes/gpu",
                            new Attachment(
                                    new ClusterReference.InCluster(),
                                    "team-a",
                                    false,
                                    Optional.empty()),
                            "abc",
                            URI.create("http://windrow:7480"),
                            new PodImages("agent:1", "python:3.12"),
                            Optional.empty()));

    private static Pod pod(String phase, ContainerState state) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("wr-1-probe")
                .endMetadata()
                .withNewSpec()
                .withNodeName("here")
                .addNewContainer()
                .withName("probe")
                .withImage("agent:1")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .addNewContainerStatus()
                .withName("probe")
                .withState(state)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Pod ended(int status, String said) {
        ContainerState state =
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(status)
                        .withMessage(said)
                        .endTerminated()
                        .build();
        return pod(status == 0 ? "Succeeded" : "Failed", state);
    }

    private static Pod waiting(String reason, String said) {
        ContainerState state =
                new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason(reason)
                        .withMessage(said)
                        .endWaiting()
                        .build();
        return pod("Pending", state);
    }

    private static Check of(Pod pod) {
        return READING.of(pod, List.of());
    }

    @Test
    void aServerThatIsReachedIsGood() {
        assertThat(ProbeReading.isKnown(ended(0, ""))).isTrue();
        assertThat(of(ended(0, "")))
                .isEqualTo(Check.good("server", "pods in team-a reach http://windrow:7480"));
        assertThat(of(ended(0, "by plain requests only")).message())
                .isEqualTo("pods in team-a reach http://windrow:7480, by plain requests only");
    }

    @Test
    void aServerThatIsNotReachedIsToldWithTheCauseAndWhatToSet() {
        Check check = of(ended(3, "the name windrow is unknown there"));
        assertThat(check.ok()).isFalse();
        assertThat(check.code()).isEqualTo("SERVER_UNREACHABLE");
        assertThat(check.message())
                .isEqualTo(
                        "pods in team-a cannot reach http://windrow:7480: the name windrow is unknown there; set --public-url of windrow server, or --server-url of windrow compute attach gpu");
    }

    @Test
    void aServerThatIsNotTrustedIsToldWithTheOptionForItsAuthorities() {
        Check check = of(ended(4, "its certificate is not trusted there: it is signed by CN=Farm"));
        assertThat(check.ok()).isFalse();
        assertThat(check.code()).isEqualTo("SERVER_UNTRUSTED");
        assertThat(check.message())
                .isEqualTo(
                        "pods in team-a cannot reach http://windrow:7480: its certificate is not trusted there: it is signed by CN=Farm; set --agent-ca-file of windrow server to a file with the certificate of who vouches for it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"})
    void anImageThatCannotBeHadEndsTheWait(String reason) {
        Pod pod = waiting(reason, "no such host");
        assertThat(ProbeReading.isKnown(pod)).isTrue();
        assertThat(of(pod).code()).isEqualTo("AGENT_IMAGE_UNUSABLE");
        assertThat(of(pod).message())
                .contains("agent:1")
                .endsWith(
                        "; set --agent-image of windrow server, or image_pull_secrets of compute gpu");
    }

    @Test
    void aFirstFailureToPullIsWaitedFor() {
        Pod pod = waiting("ErrImagePull", "no such host");
        assertThat(ProbeReading.isKnown(pod)).isFalse();
        assertThat(of(pod).code()).isEqualTo("AGENT_IMAGE_UNUSABLE");
        assertThat(ProbeReading.isKnown(waiting("ContainerCreating", ""))).isFalse();
    }

    @Test
    void machinesThatAreInUseSayNothingAgainstTheCompute() {
        Pod pod =
                new PodBuilder(waiting("ContainerCreating", ""))
                        .editStatus()
                        .addNewCondition()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
                        .endCondition()
                        .withContainerStatuses(List.of())
                        .endStatus()
                        .build();
        assertThat(ProbeReading.isKnown(pod)).isFalse();
        assertThat(of(pod).ok()).isTrue();
        assertThat(of(pod).message())
                .startsWith(
                        "not tried from pods, as there is no room for one now: no machine has enough CPU free");
    }

    @Test
    void whatElseEndsAProbeIsTold() {
        assertThat(of(ended(1, "Error: Could not find or load main class x")))
                .isEqualTo(
                        new Check(
                                "server",
                                false,
                                "PROBE_FAILED",
                                "a pod that was to try http://windrow:7480 from namespace team-a did not run: its agent ended with exit status 1: Error: Could not find or load main class x"));
        assertThat(READING.gone().code()).isEqualTo("PROBE_FAILED");
    }

    @Test
    void aQuotaThatIsUsedUpIsToldApartFromOtherRefusals() {
        KubernetesClientException forbidden =
                new KubernetesClientException("exceeded quota", 403, null);
        assertThat(
                        READING.refused(
                                        new RefusedException(
                                                "the quota of the namespace is used up: pods",
                                                forbidden))
                                .ok())
                .isTrue();
        assertThat(
                        READING.refused(
                                        new RefusedException(
                                                "the namespace takes no such pods", forbidden))
                                .code())
                .isEqualTo("PROBE_FAILED");
    }
}
