package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/** The server's image in Docker, with a root that cannot be written and a home on a volume. */
final class ServerImageIT {

    private static final int FILES = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The second half waits until a second container has come. */
    private static final String HALF =
            """
            import os, socket, threading
            SEEN = "/var/lib/windrow/seen"

            def init():
                os.makedirs(SEEN, exist_ok=True)
                open(os.path.join(SEEN, socket.gethostname()), "w").close()

            def run(mini_batch):
                late = os.path.basename(mini_batch[0]) >= "f00030"
                while late and len(os.listdir(SEEN)) < 2:
                    threading.Event().wait(0.01)
                return [open(name).read() for name in mini_batch]
            """;

    @TempDir Path folder;
    private Windrow windrow;
    private DockerSpace space;

    @BeforeEach
    void setUp() {
        space = DockerSpace.orSkip();
        windrow = new Windrow(folder.resolve("home"));
    }

    @AfterEach
    void tearDown() {
        if (space != null) {
            space.close();
        }
    }

    private Finished job(ServerContainer server, String verb, String... words) {
        List<String> all = new ArrayList<>(List.of("job", verb));
        all.addAll(List.of(words));
        all.addAll(List.of("--server", server.url()));
        all.addAll(List.of("--token-file", server.token(folder).toString()));
        return windrow.run(folder, all.toArray(String[]::new));
    }

    @Test
    void saysWhatItDoesNotSeeAndWhatItLookedForWhereTheImageHasNoPython() {
        Path file = JobFixture.withFiles(folder.resolve("job"), 3).write();
        ServerContainer server = ServerContainer.start(space, space.load("server"));

        Finished unseen = job(server, "create", file.toString(), "-n", "none");
        assertThat(unseen.exit()).isEqualTo(2);
        assertThat(unseen.err())
                .contains("task.code: ./src (expected: a folder that exists)")
                .contains("note: the server does not see the files of this machine")
                .contains("--upload sends them");
        Finished finished =
                job(server, "create", file.toString(), "-n", "none", "--upload", "--stream");

        assertThat(finished.exit()).as(finished.toString()).isEqualTo(4);
        assertThat(finished.out())
                .contains("Failed  none", "NO_PYTHON: python: none")
                .contains("WINDROW_PYTHON is not set", "python3 is not on the path");
    }

    @Test
    void goesOnInAnotherContainerOnTheSameVolumeWhenItsOwnIsKilled() throws IOException {
        Future<String> image = space.serverWithPython();
        ServerContainer first = half(image);

        first.kill();
        ServerContainer next = ServerContainer.start(space, image);

        assertThatAllHasEnded(next);
    }

    @Test
    void takesAnotherContainerForAnAgentOfAJob() throws IOException {
        Future<String> image = space.serverWithPython();
        ServerContainer server = half(image);
        String token =
                job(server, "agent-token", "words", "--query", "token", "-o", "tsv").out().strip();

        GenericContainer<?> agent = space.confined(image, "home", ServerContainer.HOME);
        agent.withEnv("WINDROW_AGENT_TOKEN", token)
                .withCommand("agent", "--server", ServerContainer.ADDRESS, "--work", "/tmp/work")
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE))
                .start();

        assertThat(agent.getLogs()).contains("joined job words as instance 1");
        assertThatAllHasEnded(server);
    }

    /** A server with a job whose first half has ended. */
    private ServerContainer half(Future<String> image) {
        JobFixture job = JobFixture.withFiles(folder.resolve("job"), FILES).script(HALF);
        job.field("mini_batch_size", "\"1\"").field("retry_settings", "{max_retries: 0}");
        Path file = job.write();
        ServerContainer server = ServerContainer.start(space, image);
        Finished created = job(server, "create", file.toString(), "-n", "words", "--upload");
        assertThat(created.exit()).as(created.err()).isZero();
        await("half of it has ended", () -> ended(server) == FILES / 2);
        return server;
    }

    private void assertThatAllHasEnded(ServerContainer server) throws IOException {
        Finished streamed = job(server, "stream", "-n", "words");
        assertThat(streamed.out()).contains("Completed  words", FILES + " of " + FILES + " ok");
        job(server, "download", "-n", "words", "--all", "-p", folder.resolve("rows").toString());
        assertThat(rows(folder.resolve("rows")))
                .isEqualTo(
                        IntStream.range(0, FILES)
                                .mapToObj("f%05d\n"::formatted)
                                .collect(Collectors.joining()));
    }

    private int ended(ServerContainer server) {
        String count =
                job(server, "show", "-n", "words", "--query", "mini_batches.succeeded", "-o", "tsv")
                        .out()
                        .strip();
        return count.matches("[0-9]+") ? Integer.parseInt(count) : 0;
    }

    private static String rows(Path folder) throws IOException {
        try (var files =
                Files.find(folder, 9, (file, _) -> file.endsWith("parallel_run_step.txt"))) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }
}
