package dev.windrow.chart;

import static dev.windrow.chart.Rendered.at;
import static dev.windrow.chart.Rendered.map;
import static dev.windrow.chart.Rendered.maps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.model.compute.ClusterManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the chart's pods may do, and who may reach them. */
final class ChartSecurityTest {

    private static final String[] TWO_PLACES = {
        "computes[0].name=here", "computes[1].name=gpu", "computes[1].namespace=team-a"
    };

    @Test
    void theRightsAreThoseOfTheManifest() {
        Rendered chart = Helm.rendered(TWO_PLACES);
        Rendered manifest = Rendered.of(ClusterManifest.yaml("team-a"));
        assertThat(chart.all("Role"))
                .extracting(one -> at(one, "metadata.namespace"))
                .containsExactlyInAnyOrder("farm", "team-a");
        assertThat(chart.all("Role"))
                .allSatisfy(one ->
                        assertThat(one.get("rules")).isEqualTo(manifest.only("Role").get("rules")));
        assertThat(chart.all("RoleBinding"))
                .hasSize(2)
                .allSatisfy(one ->
                        assertThat(one.get("subjects"))
                                .isEqualTo(
                                        List.of(
                                                Map.of(
                                                        "kind", "ServiceAccount",
                                                        "name", "windrow",
                                                        "namespace", "farm"))));
        assertThat(chart.all("ServiceAccount"))
                .filteredOn(one -> ClusterManifest.JOB_ACCOUNT.equals(at(one, "metadata.name")))
                .extracting(one -> at(one, "metadata.namespace"))
                .containsExactlyInAnyOrder("farm", "team-a");
        assertThat(chart.all("ServiceAccount"))
                .allSatisfy(one ->
                        assertThat(one.get("automountServiceAccountToken")).isEqualTo(false));
        assertThat(Helm.rendered("rbac.create=false").all("Role")).isEmpty();
        assertThat(Helm.rendered("jobAccount.create=false").all("ServiceAccount")).hasSize(1);
    }

    @Test
    void podsAreAsRestrictedAsCanBe() {
        List<Map<?, ?>> pods = Helm.rendered(TWO_PLACES).pods();
        assertThat(pods).hasSize(3);
        for (Map<?, ?> pod : pods) {
            assertThat(at(pod, "securityContext.runAsNonRoot")).isEqualTo(true);
            assertThat(at(pod, "securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
            List<Map<?, ?>> containers = new ArrayList<>(maps(pod, "containers"));
            containers.addAll(maps(pod, "initContainers"));
            assertThat(containers)
                    .isNotEmpty()
                    .allSatisfy(one -> {
                        assertThat(map(one, "securityContext"))
                                .isEqualTo(
                                        Map.of(
                                                "allowPrivilegeEscalation",
                                                false,
                                                "readOnlyRootFilesystem",
                                                true,
                                                "capabilities",
                                                Map.of("drop", List.of("ALL"))));
                        assertThat(at(one, "resources.limits.memory")).isNotNull();
                        assertThat(at(one, "resources.requests.cpu")).isNotNull();
                    });
        }
        assertThat(pods)
                .filteredOn(pod -> Boolean.TRUE.equals(pod.get("automountServiceAccountToken")))
                .hasSize(1);
    }

    @Test
    void podsOfJobsReachTheServerAndNobodyReachesThem() {
        Rendered chart = Helm.rendered(TWO_PLACES);
        Map<?, ?> server = chart.named("NetworkPolicy", "windrow");
        assertThat(maps(server, "spec.ingress")).hasSize(1);
        assertThat(maps(server, "spec.ingress.0.from"))
                .hasSize(3)
                .extracting(one ->
                        at(one, "namespaceSelector.matchLabels") instanceof Map<?, ?> labels
                                ? String.valueOf(labels.get("kubernetes.io/metadata.name"))
                                : "of the release")
                .containsExactly("of the release", "farm", "team-a");
        assertThat(chart.all("NetworkPolicy"))
                .filteredOn(one -> "windrow-jobs".equals(at(one, "metadata.name")))
                .hasSize(2)
                .allSatisfy(one -> assertThat(maps(one, "spec.ingress")).isEmpty());
        assertThat(Helm.rendered("networkPolicy.enabled=false").all("NetworkPolicy")).isEmpty();
    }

    @Test
    void whoComesByAnIngressIsSaidOrEverybody() {
        String[] open = {"ingress.enabled=true", "ingress.host=w.example"};
        Map<?, ?> everybody = Map.of("namespaceSelector", Map.of());
        assertThat(peers(Helm.rendered(open))).contains(everybody);
        List<Map<?, ?>> said =
                peers(
                        Helm.rendered(
                                "ingress.enabled=true",
                                "ingress.host=w.example",
                                "networkPolicy.from[0].ipBlock.cidr=10.0.0.0/8"));
        assertThat(said)
                .contains(Map.of("ipBlock", Map.of("cidr", "10.0.0.0/8")))
                .doesNotContain(everybody);
    }

    private static List<Map<?, ?>> peers(Rendered chart) {
        return maps(chart.named("NetworkPolicy", "windrow"), "spec.ingress.0.from");
    }
}
