package dev.windrow.k8s.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.pod.PodReading.Stage;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over pods as a real cluster has told of them. */
final class PodTranslatorTest {

    /** What a cluster has said of a pod. */
    record Seen(Pod pod, List<Event> events) {}

    private static Seen seen(String name) throws IOException {
        try (InputStream in =
                PodTranslatorTest.class.getResourceAsStream("/pods/" + name + ".json")) {
            return new KubernetesSerialization().unmarshal(Objects.requireNonNull(in), Seen.class);
        }
    }

    private static PodReading read(String name) throws IOException {
        Seen seen = seen(name);
        return PodTranslator.read(seen.pod(), seen.events());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu | WAITING | no machine has enough CPU free: 0/1 nodes are available: 1 Insufficient cpu",
                "gpu | WAITING | no machine has enough nvidia.com/gpu free: 0/1 nodes are available",
                "selector | WAITING | no machine has the labels it asks for: 0/1 nodes",
                "claim | WAITING | volume claim none is not there (expected: in the namespace of the compute)",
                "unbound | WAITING | a volume claim of it has no volume yet",
                "gated | WAITING | waits for a queue of the cluster to admit it",
                "image | WAITING | image registry.invalid/none:1 cannot be pulled: Back-off pulling",
                "name | WAITING | image: Not An Image!! (expected: the name of an image)",
                "never | WAITING | image windrow.test/none:1 is not on its machine, and may not be pulled",
                "configkey | WAITING | something it needs is not there: secret \"none\" not found",
                "secret | WAITING | a volume of it cannot be mounted: MountVolume.SetUp failed for volume \"d\"",
                "hostpath | WAITING | a volume of it cannot be mounted: MountVolume.SetUp failed for volume \"d\"",
                "running | RUNNING | ''",
                "away | AWAY | its machine two is not heard of any more",
                "emptied | LEAVING | is told to end: its machine is being emptied",
                "tainted | LEAVING | is told to end: its machine cannot be reached any more, or takes no more pods",
                "done | LOST | its agent has ended",
                "oom | LOST | needed more memory than it may have, which is 64Mi, and was killed",
                "killed | LOST | its agent was killed",
                "evicted | LOST | was evicted from its machine: Usage of EmptyDir volume \"d\" exceeds",
                "exit | BROKEN | its agent ended with exit status 1: agent: the token is unknown",
                "init | BROKEN | the copying of the agent into it ended with exit status 3: cannot copy: no space left",
                "nocommand | BROKEN | cannot begin in image windrow.test/python:3.11: failed to create containerd task",
                "other | BROKEN | image windrow.test/other:1 is made for another processor than that of machine windrow-dev"
            })
    void saysInOneSentenceWhatThePodsStateMeans(String name, Stage stage, String sentence)
            throws IOException {
        PodReading reading = read(name);

        assertThat(reading.stage()).isEqualTo(stage);
        assertThat(reading.sentence()).startsWith(sentence);
        assertThat(reading.sentence()).doesNotContain("\n").doesNotEndWith(".");
        if (!reading.sentence().isEmpty()) {
            assertThat(GuideTable.tells(reading.sentence())).as(reading.sentence()).isTrue();
        }
    }

    @Test
    void saysWhatIsGoingOnWhenNothingIsWrong() throws IOException {
        Pod pod = seen("running").pod();
        pod.getStatus().setPhase("Pending");
        pod.getStatus().setContainerStatuses(List.of());
        pod.getStatus().setInitContainerStatuses(List.of());
        assertThat(PodTranslator.read(pod, List.of()).sentence())
                .isEqualTo("its containers are being made on machine windrow-dev");

        pod.getSpec().setNodeName(null);
        pod.getStatus().setConditions(List.of());
        assertThat(PodTranslator.read(pod, List.of()).sentence()).isEqualTo("waits for a machine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Preempting | had to make room for a pod of higher priority",
                "NodeLost | its machine cannot be reached any more",
                "Shutdown | its machine was shut down",
                "NodeShutdown | its machine was shut down",
                "NodeAffinity | its machine does not have the labels it asks for any more",
                "UnexpectedAdmissionError | its machine refused it: no devices",
                "SomethingNew | its pod has failed: SomethingNew: no devices"
            })
    void countsWhatComesFromOutsideAsALoss(String reason, String sentence) throws IOException {
        Pod pod = seen("running").pod();
        pod.getStatus().setPhase("Failed");
        pod.getStatus().setReason(reason);
        pod.getStatus().setMessage("no devices");
        pod.getStatus().setContainerStatuses(List.of());

        PodReading reading = PodTranslator.read(pod, List.of());

        assertThat(reading).isEqualTo(new PodReading(Stage.LOST, sentence));
        assertThat(GuideTable.tells(reading.sentence())).as(reading.sentence()).isTrue();
    }

    @Test
    void knowsMachinesThatAreNotHeardOfAlsoOfPodsThatWereToldToEnd() throws IOException {
        Pod away = seen("away").pod();
        assertThat(PodTranslator.awayMachine(away)).contains("two");
        away.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertThat(PodTranslator.awayMachine(away)).contains("two");

        assertThat(PodTranslator.awayMachine(seen("running").pod())).isEmpty();
        assertThat(PodTranslator.awayMachine(seen("cpu").pod())).isEmpty();
        assertThat(PodTranslator.awayMachine(new Pod())).isEmpty();
    }
}
