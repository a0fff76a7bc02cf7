package dev.windrow.k8s.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.k8s.access.ClusterAccess;
import dev.windrow.k8s.access.Connections;
import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Mistake;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job may say of its pods. */
final class PodShapeTest {

    private static final Connections CONNECTIONS = new Connections(new ClusterAccess(Map.of()));

    private static PodShape shape(String more, InstanceType... types) {
        LoadedJob loaded = Jobs.load(more);
        ClusterTarget target =
                new ClusterTarget(
                        "/workspaces/default/computes/gpu",
                        new Attachment(
                                new ClusterReference.InCluster(),
                                "team-a",
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                new InstanceTypes(List.of(types), false),
                                PodTerms.USUAL),
                        "abc",
                        URI.create("http://windrow:7480"),
                        new PodImages("agent:1", "python:3.12"),
                        Optional.empty());
        Mistakes mistakes = new Mistakes(loaded);
        PodShape shape = PodShape.of(loaded.job(), CONNECTIONS, target, mistakes);
        mistakes.check();
        return shape;
    }

    private static List<String> refused(String more, InstanceType... types) {
        return Objects.requireNonNull(
                        catchThrowableOfType(InvalidJobException.class, () -> shape(more, types)))
                .mistakes()
                .stream()
                .map(Mistake::message)
                .toList();
    }

    private static InstanceType type(String name, String memory) {
        return new InstanceType(name, Map.of(), Map.of(), Map.of("memory", memory));
    }

    @Test
    void saysWhatIsNotHadOnACluster() {
        assertThat(
                        refused(
                                "identity: {type: user_identity}\nresources: {docker_args: --gpus all}\n"))
                .containsExactlyInAnyOrder(
                        "identity.type: user_identity (expected: managed, which is the ServiceAccount of the compute, or none)",
                        "resources.docker_args: --gpus all (expected: none, because no docker starts pods; see resources.shm_size, resources.instance_type and the options of windrow compute attach)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"managed", "aml_token"})
    void otherIdentitiesAreTheAccountOfTheCompute(String identity) {
        assertThat(shape("identity: {type: %s}\n".formatted(identity)).image())
                .isEqualTo("python:3.12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"255Mi", "200M", "0.2Gi", "1000"})
    void refusesATypeThatLeavesTheWorkersNothing(String memory) {
        assertThat(refused("resources: {instance_type: tiny}\n", type("tiny", memory)))
                .containsExactly(
                        "resources.instance_type: tiny, which has %s of memory (expected: a limit of at least 256Mi, of which the agent takes up to 200 MB)"
                                .formatted(memory));
    }

    @Test
    void takesATypeThatHasRoomOrNoLimit() {
        assertThat(shape("resources: {instance_type: small}\n", type("small", "256Mi")).type())
                .isEqualTo(type("small", "256Mi"));
        InstanceType open = new InstanceType("open", Map.of(), Map.of("memory", "64Mi"), Map.of());
        assertThat(shape("resources: {instance_type: open}\n", open).type()).isEqualTo(open);
        assertThat(shape("resources: {shm_size: 2g}\n").shared()).contains(2L << 30);
    }
}
