package dev.windrow.k8s.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.model.compute.ClusterReference;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.runtime.compute.QuotaFinding;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of a namespace, from what a cluster says. */
final class PureAttachTest {

    private static final InstanceType GIVEN =
            new InstanceType("small", Map.of("pool", "a"), Map.of("cpu", "1"), Map.of());

    @Test
    void theUsualKindIsThereUnlessSomebodyGivesAnother() {
        List<InstanceType> kinds = InstanceKinds.of(InstanceTypes.NONE, List.of());
        assertThat(kinds)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.name()).isEqualTo("defaultinstancetype");
                    assertThat(one.requests())
                            .containsEntry("cpu", "100m")
                            .containsEntry("memory", "2Gi");
                });
        InstanceType own = new InstanceType("defaultinstancetype", Map.of(), Map.of(), Map.of());
        assertThat(InstanceKinds.of(new InstanceTypes(List.of(own), false), List.of()))
                .containsExactly(own);
        InstanceType other = new InstanceType("small", Map.of(), Map.of(), Map.of());
        assertThat(InstanceKinds.of(new InstanceTypes(List.of(GIVEN), true), List.of(other)))
                .startsWith(GIVEN)
                .hasSize(2);
    }

    @Test
    void readsAzuresInstanceTypes() {
        Map<?, ?> list =
                new KubernetesSerialization()
                        .unmarshal(
                                """
                                {"items": [
                                  {"metadata": {"name": "gpu"}, "spec": {
                                    "nodeSelector": {"pool": "gpu"},
                                    "resources": {
                                      "limits": {"cpu": "1", "nvidia.com/gpu": 1, "memory": null},
                                      "requests": {"cpu": "700m"}}}},
                                  {"spec": {}}, 7]}
                                """,
                                Map.class);
        assertThat(InstanceKinds.read(list))
                .containsExactly(
                        new InstanceType(
                                "gpu",
                                Map.of("pool", "gpu"),
                                Map.of("cpu", "700m"),
                                Map.of("cpu", "1", "nvidia.com/gpu", "1")));
        assertThat(InstanceKinds.read(Map.of("items", "none"))).isEmpty();
    }

    private static ResourceQuota quota(String name, String resource, String limit, String used) {
        return new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToHard(resource, new Quantity(limit))
                .endSpec()
                .withNewStatus()
                .addToUsed(resource, new Quantity(used))
                .endStatus()
                .build();
    }

    @Test
    void tellsWhatQuotasSay() {
        ResourceQuota fresh =
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("fresh")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("requests.memory", new Quantity("8Gi"))
                        .endSpec()
                        .build();
        List<ResourceQuota> quotas =
                List.of(quota("a", "pods", "5", "2"), quota("b", "pods", "9", "2"), fresh);
        assertThat(QuotaReading.findings(quotas))
                .containsExactly(
                        new QuotaFinding("pods (a)", "2", Optional.of("5")),
                        new QuotaFinding("pods (b)", "2", Optional.of("9")),
                        new QuotaFinding("requests.memory", "0", Optional.of("8Gi")));
        assertThat(QuotaReading.closed(quotas)).isEmpty();
        assertThat(QuotaReading.closed(List.of(quota("zero", "count/pods", "0", "0"))))
                .contains("zero");
    }

    @Test
    void commandsThatMendKnowTheContext() {
        Mending here = new Mending("gpu", new ClusterReference.Context("prod"), "team-a");
        assertThat(here.create()).isEqualTo("kubectl --context prod create namespace team-a");
        assertThat(here.manifest())
                .isEqualTo(
                        "windrow compute manifest --namespace team-a | kubectl --context prod apply -f -");
        Mending there =
                new Mending(
                        "gpu",
                        new ClusterReference.Address(URI.create("https://10.0.0.1:6443")),
                        "team-a");
        assertThat(there.attach())
                .isEqualTo("windrow compute attach gpu --context CONTEXT --namespace team-a");
        assertThat(there.instanceTypes())
                .contains("--resource=instancetypes.amlarc.azureml.com", "team-a:windrow");
    }

    @Test
    void lostMachinesAreNamedWithTheCommandThatEndsTheirPods() {
        Mending mending = new Mending("gpu", new ClusterReference.Context("prod"), "team-a");
        assertThat(
                        mending.ofMachines(
                                List.of(on("two", "True"), on("one", "True"), on("two", "True"))))
                .endsWith("or by: kubectl --context prod delete node one two");
        assertThat(mending.ofMachines(List.of(on("two", "False")))).isEmpty();
    }

    /** A pod that is not ready for no reason of its own. */
    private static Pod on(String machine, String containersReady) {
        return new PodBuilder()
                .withNewSpec()
                .withNodeName(machine)
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("False")
                .endCondition()
                .addNewCondition()
                .withType("ContainersReady")
                .withStatus(containersReady)
                .endCondition()
                .endStatus()
                .build();
    }
}
