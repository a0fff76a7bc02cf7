package dev.windrow.k8s.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.windrow.model.compute.PodTerms;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pods are told of their server. */
final class ServerForPodsTest {

    private static final ServerForPods KNOWN =
            new ServerForPods("https://farm:7480", Optional.of("PEM"));

    @Test
    void tellsOfAuthoritiesWhereThereAreSome() {
        EnvVar other = PodParts.variable("OTHER", "x");
        assertThat(KNOWN.variables(other))
                .extracting(EnvVar::getName, EnvVar::getValue)
                .containsExactly(
                        tuple("WINDROW_SERVER", "https://farm:7480"),
                        tuple("WINDROW_SERVER_CA", "PEM"),
                        tuple("OTHER", "x"));
        assertThat(ServerForPods.at("http://farm:7480").variables(other))
                .extracting(EnvVar::getName)
                .containsExactly("WINDROW_SERVER", "OTHER");
    }

    @Test
    void aProbeNeedsNothingBesideItsVariables() {
        var pod =
                new ProbePodFactory("here", "/workspaces/default/computes/gpu")
                        .pod("agent:1", KNOWN, PodTerms.USUAL, Map.of());
        assertThat(pod.getSpec().getVolumes()).isEmpty();
        assertThat(pod.getSpec().getContainers().getFirst().getEnv())
                .extracting(EnvVar::getName)
                .contains("WINDROW_SERVER_CA");
    }
}
