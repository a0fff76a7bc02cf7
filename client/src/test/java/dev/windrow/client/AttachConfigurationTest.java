package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.model.compute.PodTerms;
import dev.windrow.model.compute.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of an attach, and their rules. */
final class AttachConfigurationTest {

    private static final String CLUSTER =
            "/subscriptions/0a-b/resourceGroups/g_1/providers/Microsoft.Kubernetes/connectedClusters/c";

    @Test
    void takesTheFourParametersOfAzure() {
        AttachConfiguration made =
                KubernetesCompute.attachConfiguration(
                        CLUSTER, "team-a", "UserAssigned", List.of("/subscriptions/s/id/one"));
        assertThat(made.resourceId()).isEqualTo(CLUSTER);
        assertThat(made.namespace()).isEqualTo("team-a");
        assertThat(made.identityType()).contains("UserAssigned");
        assertThat(made.identityIds()).containsExactly("/subscriptions/s/id/one");
        AttachConfiguration bare = KubernetesCompute.attachConfiguration(CLUSTER, null, null, null);
        assertThat(bare.namespace()).isEqualTo("default");
        assertThat(bare.createNamespace()).isFalse();
        assertThat(bare.identityType()).isEmpty();
        AttachConfiguration more =
                AttachConfiguration.builder().resourceId(CLUSTER).createNamespace().build();
        assertThat(more.createNamespace()).isTrue();
        assertThat(more).isNotEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CLUSTER,
                "/SUBSCRIPTIONS/s/resourcegroups/r/PROVIDERS/microsoft.containerservice/managedclusters/x",
                CLUSTER + "/and/more",
                "context:prod",
                "context:arn:aws:eks:eu-1:1:cluster/x",
                "in-cluster"
            })
    void acceptsEveryWayToNameACluster(String cluster) {
        assertThat(KubernetesCompute.attachConfiguration(cluster, null, null, null).resourceId())
                .isEqualTo(cluster);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "context:",
                "context:a b",
                "In-Cluster",
                "/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/x",
                "/subscriptions//resourceGroups/r/providers/Microsoft.Kubernetes/connectedClusters/x",
                "/subscriptions/s/resourceGroups/r/providers/Microsoft.Kubernetes/connectedClusters/"
            })
    void refusesWhatNamesNoCluster(String cluster) {
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> KubernetesCompute.attachConfiguration(cluster, null, null, null))
                .withMessageContaining("managedClusters")
                .withMessageContaining("connectedClusters");
    }

    private static List<String> broken(String type, List<String> ids) {
        try {
            KubernetesCompute.attachConfiguration("in-cluster", null, type, ids);
            return List.of();
        } catch (ComputeException e) {
            return e.mistakes().stream()
                    .map(one -> one.code() + " " + one.path().orElse(""))
                    .toList();
        }
    }

    @Test
    void keepsAzuresRulesOfIdentities() {
        assertThat(broken("SystemAssigned", List.of())).isEmpty();
        assertThat(broken("systemassigned", List.of()))
                .containsExactly("INVALID_VALUE identity_type");
        assertThat(broken("SystemAssigned,UserAssigned", List.of("a")))
                .containsExactly("CONFLICT identity_type");
        assertThat(broken("UserAssigned", List.of())).containsExactly("MISSING_FIELD identity_ids");
        assertThat(broken("UserAssigned", List.of("a b")))
                .containsExactly("INVALID_VALUE identity_ids");
        assertThat(broken("SystemAssigned", List.of("a"))).containsExactly("CONFLICT identity_ids");
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() ->
                        KubernetesCompute.attachConfiguration(
                                "in-cluster", null, null, List.of("a")))
                .withMessageContaining("none without identity_type UserAssigned");
    }

    @Test
    void saysOnWhichTermsTheClusterTakesPods() {
        PodTerms terms =
                new PodTerms(
                        List.of(
                                new Toleration(
                                        Optional.of("pool"), Optional.of("gpu"), Optional.empty())),
                        Optional.of("batch"),
                        Optional.of("team-a"),
                        List.of("registry"),
                        Optional.of("reader"));
        AttachConfiguration made =
                AttachConfiguration.builder().resourceId(CLUSTER).pods(terms).build();
        assertThat(made.pods()).isEqualTo(terms);
        assertThat(made.toBuilder().build()).isEqualTo(made);
        assertThat(AttachConfiguration.of(made.request())).isEqualTo(made);
        PodTerms wrong =
                new PodTerms(
                        List.of(
                                new Toleration(
                                        Optional.empty(), Optional.of("x"), Optional.of("Never"))),
                        Optional.of("Batch"),
                        Optional.of("a".repeat(64)),
                        List.of("-"),
                        Optional.of(""));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(
                        () -> AttachConfiguration.builder().resourceId(CLUSTER).pods(wrong).build())
                .satisfies(e ->
                        assertThat(e.mistakes())
                                .extracting(one -> one.path().orElse(""))
                                .containsExactly(
                                        "tolerations.effect",
                                        "tolerations.operator",
                                        "priority_class",
                                        "queue",
                                        "image_pull_secrets",
                                        "service_account"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Team", "-a", "a-", "a.b", "", "a_b", "ä"})
    void refusesANamespaceThatIsNoLabel(String namespace) {
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() ->
                        KubernetesCompute.attachConfiguration("in-cluster", namespace, null, null))
                .withMessageStartingWith("namespace: ");
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() ->
                        KubernetesCompute.attachConfiguration(null, "A", "both", List.of("x")))
                .satisfies(e -> assertThat(e.mistakes()).hasSize(3));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> AttachConfiguration.of(Map.of("properties", Map.of("x", 1))))
                .satisfies(e -> assertThat(e.mistakes()).hasSize(3));
    }
}
