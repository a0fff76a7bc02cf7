package dev.windrow.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a real cluster says of the chart's objects; nothing of them is made there. */
final class ChartClusterTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir Path folder;

    private final RestrictedNamespace namespace = RestrictedNamespace.orSkip();

    @AfterEach
    void removeIt() {
        namespace.close();
    }

    private String rendered() {
        Helm.Said said =
                Helm.template(
                        "windrow",
                        "--namespace=" + namespace.name(),
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
        assertThat(namespace.kubectl("apply", "--dry-run=server", "-f", file.toString()))
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
                            Map.of("name", name, "namespace", namespace.name()),
                            "spec",
                            withDefaultAccount(spec));
            Path file = Files.write(folder.resolve(name + ".json"), MAPPER.writeValueAsBytes(pod));
            assertThat(namespace.kubectl("create", "--dry-run=server", "-f", file.toString()))
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
