package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import dev.windrow.testing.tls.PemAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods of a real cluster and a server that only an authority of one's own vouches for. */
final class ClusterTlsIT {

    private static final String SCRIPT =
            """
            import os

            def init():
                pass

            def run(mini_batch):
                return [open(name).read() + str("WINDROW_SERVER_CA" in os.environ) for name in mini_batch]
            """;

    @TempDir Path folder;
    private final List<String> options = new ArrayList<>();
    private ClusterSpace space;

    @BeforeEach
    void start() throws Exception {
        Kubectl kubectl = Kubectl.orSkip(folder);
        PemAuthority authority = PemAuthority.make(folder, "Farm");
        Path certificate = folder.resolve("server.crt");
        Path key = folder.resolve("server.key");
        authority.issue("ip:" + ClusterSpace.host(kubectl)).write(certificate, key);
        Files.writeString(folder.resolve("ca.crt"), authority.certificate());
        options.addAll(List.of("--tls-cert", certificate.toString(), "--tls-key", key.toString()));
        space =
                ClusterSpace.of(kubectl, folder, () -> options)
                        .with("WINDROW_CA_FILE", folder.resolve("ca.crt").toString());
    }

    @AfterEach
    void remove() {
        if (space != null) {
            space.close();
        }
    }

    @Test
    void runsAJobInPodsThatAreToldOfTheAuthority() throws Exception {
        String[] attaching = space.attaching("type: kubernetes\n");
        Finished refused = space.tried(attaching);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err())
                .contains(
                        "pods in %s cannot reach %s: its certificate is not trusted there: it is signed by CN=Farm; set --agent-ca-file of windrow server"
                                .formatted(space.namespace(), space.url()));

        options.addAll(List.of("--agent-ca-file", folder.resolve("ca.crt").toString()));
        space.restartServer();
        space.attachedBy(attaching);
        String before = space.objects();
        runJob();
        space.awaitObjects(before);
        assertThat(space.jobFolder("tls").resolve("logs/sys/node/0/_main.txt"))
                .content()
                .contains("agent of instance 0 ends");
        download();
        space.online("compute", "detach", "pods", "--yes");
        space.awaitObjects(before);
    }

    private void runJob() throws IOException {
        Path job = ClusterJobs.write(folder.resolve("job"), 4, SCRIPT, "");
        String file = job.toString();
        String[] create = {
            "job", "create", "-f", file, "--compute", "pods", "-n", "tls", "--stream"
        };
        assertThat(space.online(create).out()).contains("Completed", "4 of 4 ok, 0 failed");
    }

    /** By a pod that serves the volume to the server. */
    private void download() throws IOException {
        Path here = folder.resolve("here");
        space.online("job", "download", "tls", "-p", here.toString());
        try (var files = Files.walk(here)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .anySatisfy(file ->
                            assertThat(file)
                                    .hasContent("row 0False\nrow 1False\nrow 2False\nrow 3False"));
        }
    }
}
