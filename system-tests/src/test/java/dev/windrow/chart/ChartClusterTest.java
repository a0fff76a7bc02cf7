package dev.windrow.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a real cluster says of the chart's objects; nothing of them is made there. */
final class ChartClusterTest {

    private static final String VARIABLE = "WINDROW_TEST_KUBECONFIG";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String namespace = "windrow-test-" + UUID.randomUUID().toString().substring(0, 8);
    private String kubeconfig = "";

    @TempDir Path folder;

    @BeforeEach
    void makeANamespace() {
        String file = System.getenv(VARIABLE);
        org.junit.jupiter.api.Assumptions.assumeTrue(
                file != null && !file.isBlank(),
                VARIABLE
                        + ": not set (expected: the kubeconfig of a cluster for tests, such as that"
                        + " of ./dev cluster up)");
        kubeconfig = String.valueOf(file);
        kubectl("create", "namespace", namespace);
        kubectl(
                "label",
                "namespace",
                namespace,
                "pod-security.kubernetes.io/enforce=restricted",
                "pod-security.kubernetes.io/warn=restricted");
    }

    @AfterEach
    void removeIt() {
        if (!kubeconfig.isEmpty()) {
            kubectl("delete", "namespace", namespace, "--wait=false");
        }
    }

    private String kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig));
        command.addAll(List.of(arguments));
        Helm.Said said = Helm.finished(command);
        assertThat(said.exit()).as("%s: %s", command, said.err()).isZero();
        assertThat(said.err()).doesNotContain("Warning");
        return said.out();
    }

    private String rendered() {
        Helm.Said said =
                Helm.template(
                        "windrow",
                        "--namespace=" + namespace,
                        "metrics.enabled=true",
                        "ingress.enabled=true",
                        "ingress.host=w.example",
                        "datastores[0].name=rows",
                        "datastores[0].type=pvc",
                        "datastores[0].path=claim");
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out();
    }

    @Test
    void theClusterTakesEveryObjectWithoutAWarning() throws IOException {
        Path file = Files.writeString(folder.resolve("chart.yml"), rendered());
        assertThat(kubectl("apply", "--dry-run=server", "-f", file.toString()))
                .contains(
                        "statefulset.apps/windrow created",
                        "job.batch/windrow-drain created",
                        "pod/windrow-test created",
                        "networkpolicy.networking.k8s.io/windrow-jobs created");
    }

    @Test
    void itsPodsAreLetIntoANamespaceThatIsRestricted() throws IOException {
        int number = 0;
        for (Map<?, ?> spec : Rendered.of(rendered()).pods()) {
            number++;
            String name = "pod-" + number;
            Map<String, Object> pod =
                    Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "Pod",
                            "metadata",
                            Map.of("name", name, "namespace", namespace),
                            "spec",
                            withDefaultAccount(spec));
            Path file = Files.write(folder.resolve(name + ".json"), MAPPER.writeValueAsBytes(pod));
            assertThat(kubectl("create", "--dry-run=server", "-f", file.toString()))
                    .contains("pod/" + name + " created");
        }
        assertThat(number).isEqualTo(3);
    }

    /** The chart's own account is not there in a dry run; the volume comes of the StatefulSet. */
    private static Map<Object, Object> withDefaultAccount(Map<?, ?> spec) {
        Map<Object, Object> copy = new java.util.LinkedHashMap<>(spec);
        copy.put("serviceAccountName", "default");
        List<Object> volumes = new ArrayList<>((List<?>) copy.get("volumes"));
        volumes.add(Map.of("name", "home", "emptyDir", Map.of()));
        copy.put("volumes", volumes);
        return copy;
    }
}
