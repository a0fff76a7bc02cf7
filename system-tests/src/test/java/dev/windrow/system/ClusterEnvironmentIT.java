package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job with a conda file in pods of a real cluster, with a real venv and a real pip. */
final class ClusterEnvironmentIT {

    private static final String SCRIPT =
            """
            import time
            import windrowtoy

            def run(mini_batch):
                time.sleep(0.5)
                return [windrowtoy.WORD for name in mini_batch]
            """;

    private static final int FILES = 60;
    private static final String NAME = "shared";

    @TempDir Path folder;
    private ClusterSpace space;
    private HttpServer wheels;

    @BeforeEach
    void attach() throws IOException {
        space = ClusterSpace.orSkip(folder).attached("type: kubernetes\n");
        Path place = Files.createDirectory(folder.resolve("wheels"));
        ToyWheel.make(place, "toy");
        wheels =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(space.host(), 0),
                        place,
                        SimpleFileServer.OutputLevel.NONE);
        wheels.start();
    }

    @AfterEach
    void remove() {
        if (wheels != null) {
            wheels.stop(0);
        }
        if (space != null) {
            space.close();
        }
    }

    @Test
    void onePodMakesTheEnvironmentAndAllOthersFetchIt() throws Exception {
        Path job =
                ClusterJobs.write(
                        folder.resolve("job"), FILES, SCRIPT, "resources: {instance_count: 2}\n");
        space.online(
                "job",
                "create",
                "-f",
                job.toString(),
                "--compute",
                "pods",
                "-n",
                NAME,
                "--environment",
                "venv",
                "--set",
                "task.environment.conda_file={dependencies: [{pip: [windrowtoy==1.0]}]}",
                "--set",
                "environment_variables.PIP_NO_INDEX=1",
                "--set",
                "environment_variables.PIP_TRUSTED_HOST=" + space.host(),
                "--set",
                "environment_variables.PIP_FIND_LINKS=http://%s:%d/"
                        .formatted(space.host(), wheels.getAddress().getPort()));
        await("two environments", () -> said("makes /") + said("fetched /") == 2);
        assertThat(said("Successfully installed windrowtoy-1.0")).isEqualTo(1);
        assertThat(said("sent to the server for the other instances")).isEqualTo(1);

        await("two pods at work", () -> space.pods("Running").size() == 2);
        space.kubectl("delete", "pod", space.pods("Running").getLast(), "--wait=false");
        await("a pod in its place", () -> said("fetched /") == 2);

        Finished end = space.online("job", "stream", NAME);
        assertThat(end.out()).contains("Completed", FILES + " of " + FILES + " ok, 0 failed");
        assertThat(said("makes /")).isEqualTo(1);
        assertThat(space.jobFolder(NAME).resolve("instances")).doesNotExist();
    }

    /** How many pods have said something while they prepared their environment. */
    private int said(String words) {
        Path nodes = space.jobFolder(NAME).resolve("logs/sys/node");
        try (Stream<Path> all = Files.exists(nodes) ? Files.list(nodes) : Stream.empty()) {
            return (int)
                    all.map(node -> node.resolve("environment.txt"))
                            .filter(file -> Files.exists(file) && text(file).contains(words))
                            .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
