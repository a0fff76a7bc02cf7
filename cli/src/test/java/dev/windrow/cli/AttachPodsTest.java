package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code compute attach} says of the pods of jobs. */
final class AttachPodsTest {

    @TempDir Path home;
    @TempDir Path work;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Optional<RunningServer> server = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        ServerProvider provider = ServiceLoader.load(ServerProvider.class).iterator().next();
        server =
                Optional.of(
                        provider.start(
                                new ServerConfig(
                                        home, "127.0.0.1", 0, Optional.empty(), HostLimits.DEFAULT),
                                "test",
                                (what, fault) ->
                                        err.writeBytes(what.getBytes(StandardCharsets.UTF_8))));
    }

    @AfterEach
    void stop() throws IOException {
        server.orElseThrow().close();
    }

    private int windrow(String... typed) {
        out.reset();
        err.reset();
        Shell shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        Map.of(
                                "WINDROW_HOME",
                                home.toString(),
                                "WINDROW_SERVER",
                                server.orElseThrow().url()),
                        () -> Instant.EPOCH,
                        Instant.EPOCH);
        return new Windrow(shell, Verbs.ALL).run(typed);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
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
        assertThat(windrow("compute", "attach", file.toString())).as(err()).isZero();
        assertThat(out())
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
        assertThat(windrow(options)).as(err()).isZero();
        assertThat(out())
                .contains(
                        "\"tolerations\":[{\"key\":\"pool\",\"operator\":\"Equal\",\"value\":\"gpu\",\"effect\":\"NoExecute\"},{\"key\":\"spot\",\"operator\":\"Exists\"}]",
                        "\"priorityClass\":\"batch\"",
                        "\"queue\":\"team-b\"",
                        "\"imagePullSecrets\":[\"other\"]");
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
        assertThat(windrow("compute", "attach", file.toString())).isEqualTo(2);
        assertThat(err())
                .contains(
                        "tolerations[0].operator: In (expected: Equal or Exists)",
                        "tolerations[1]: b (expected: a mapping)",
                        "image_pull_secrets: registry (expected: a list of names)");
        String[] options = {"compute", "attach", "gpu", "--in-cluster", "--toleration", "=x"};
        assertThat(windrow(options)).isEqualTo(2);
        assertThat(err())
                .contains(
                        "--toleration: =x (expected: KEY, KEY=VALUE, KEY:EFFECT or KEY=VALUE:EFFECT)");
        assertThat(windrow("compute", "attach", "gpu", "--in-cluster", "--queue", "Team A"))
                .isEqualTo(2);
        assertThat(err()).contains("queue: Team A (expected: 1 to 63 small letters");
    }
}
