package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code compute attach} says of the pods of jobs. */
final class AttachPodsTest {

    @TempDir Path home;
    @TempDir Path work;

    private Served server;

    @BeforeEach
    void start() throws IOException {
        server = new Served(home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void readsOnWhichTermsAClusterTakesPods() throws IOException {
        Path file =
                Files.writeString(
                        work.resolve("gpu.yml"),
                        """
                        name: gpu
                        resource_id: in-cluster
                        tolerations:
                          - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}
                        priority_class: batch
                        queue: team-a
                        image_pull_secrets: [registry]
                        service_account: reader
                        """);
        assertThat(server.done("compute", "attach", file.toString()))
                .contains(
                        "\"tolerations\":[{\"key\":\"nvidia.com/gpu\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}]",
                        "\"priorityClass\":\"batch\"",
                        "\"queue\":\"team-a\"",
                        "\"imagePullSecrets\":[\"registry\"]",
                        "\"serviceAccount\":\"reader\"");
        String[] options = {
            "compute",
            "attach",
            file.toString(),
            "--toleration",
            "pool=gpu:NoExecute",
            "--toleration",
            "spot",
            "--queue",
            "team-b",
            "--image-pull-secret",
            "other"
        };
        assertThat(server.done(options))
                .contains(
                        "\"tolerations\":[{\"key\":\"pool\",\"operator\":\"Equal\",\"value\":\"gpu\",\"effect\":\"NoExecute\"},{\"key\":\"spot\",\"operator\":\"Exists\"}]",
                        "\"priorityClass\":\"batch\"",
                        "\"queue\":\"team-b\"",
                        "\"imagePullSecrets\":[\"other\"]");
        assertThat(server.done("compute", "show", "gpu", "-o", "table"))
                .contains(
                        "  tolerations   pool=gpu:NoExecute, spot\n",
                        "  priority      batch\n",
                        "  queue         team-b\n",
                        "  pull secrets  other\n",
                        "  account       reader\n");
    }

    @Test
    void tellsWhatIsWrongWithTheTermsOfPods() throws IOException {
        Path file =
                Files.writeString(
                        work.resolve("gpu.yml"),
                        """
                        name: gpu
                        resource_id: in-cluster
                        tolerations: [{key: a, operator: In}, b]
                        image_pull_secrets: registry
                        """);
        assertThat(server.windrow("compute", "attach", file.toString())).isEqualTo(2);
        assertThat(server.err())
                .contains(
                        "tolerations[0].operator: In (expected: Equal or Exists)",
                        "tolerations[1]: b (expected: a mapping)",
                        "image_pull_secrets: registry (expected: a list of names)");
        String[] options = {"compute", "attach", "gpu", "--in-cluster", "--toleration", "=x"};
        assertThat(server.windrow(options)).isEqualTo(2);
        assertThat(server.err())
                .contains(
                        "--toleration: =x (expected: KEY, KEY=VALUE, KEY:EFFECT or KEY=VALUE:EFFECT)");
        assertThat(server.windrow("compute", "attach", "gpu", "--in-cluster", "--queue", "Team A"))
                .isEqualTo(2);
        assertThat(server.err()).contains("queue: Team A (expected: 1 to 63 small letters");
    }
}
