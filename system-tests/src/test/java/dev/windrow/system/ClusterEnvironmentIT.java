package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);

    @BeforeEach
    void attach() throws IOException {
        space = ClusterSpace.orSkip(folder).attached("type: kubernetes\n");
        Path place = Files.createDirectory(folder.resolve("wheels"));
        ToyWheel.make(place, "toy");
        HttpHandler files = SimpleFileServer.createFileHandler(place);
        wheels = HttpServer.create(new InetSocketAddress(space.host(), 0), 0);
        wheels.createContext("/", exchange -> serve(exchange, files));
        wheels.setExecutor(threads);
        wheels.start();
    }

    /** Answers all but what the test holds back; a pip that has waited too long asks again. */
    private void serve(HttpExchange exchange, HttpHandler files) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith(".whl")) {
            asked.incrementAndGet();
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.getMessage());
            }
        }
        files.handle(exchange);
    }

    @AfterEach
    void remove() {
        held.countDown();
        if (wheels != null) {
            wheels.stop(0);
        }
        threads.close();
        if (space != null) {
            space.close();
        }
    }

    @Test
    void onePodMakesTheEnvironmentAndAllOthersFetchIt() throws Exception {
        held.countDown();
        submit();
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

    @Test
    void thePodThatWaitsMakesItWhenTheOtherOneIsKilled() {
        submit();
        await("one makes it", () -> asked.get() > 0);
        await("the other one waits", () -> said("makes it; waiting") == 1);
        await("the one that makes it has told so", () -> said("makes /") == 1);
        String maker =
                space.pods("Running").stream()
                        .filter(pod -> saidBy(log(pod), "makes /"))
                        .findFirst()
                        .orElseThrow();
        ClusterSpace.agent(maker).destroyForcibly();
        held.countDown();

        Finished end = space.online("job", "stream", NAME);

        assertThat(end.out()).contains("Completed", FILES + " of " + FILES + " ok, 0 failed");
        assertThat(said("Successfully installed windrowtoy-1.0")).isEqualTo(1);
        assertThat(said("makes /")).isEqualTo(2);
    }

    /** Pods are called after their instance. */
    private Path log(String pod) {
        String instance = pod.substring(pod.lastIndexOf('-') + 1);
        return space.jobFolder(NAME)
                .resolve("logs/sys/node/%s/environment.txt".formatted(instance));
    }

    private void submit() {
        Path job;
        try {
            job =
                    ClusterJobs.write(
                            folder.resolve("job"),
                            FILES,
                            SCRIPT,
                            "resources: {instance_count: 2}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                "environment_variables.PIP_DEFAULT_TIMEOUT=300",
                "--set",
                "environment_variables.PIP_TRUSTED_HOST=" + space.host(),
                "--set",
                "environment_variables.PIP_FIND_LINKS=http://%s:%d/"
                        .formatted(space.host(), wheels.getAddress().getPort()));
    }

    /** How many pods have said something while they prepared their environment. */
    private int said(String words) {
        Path nodes = space.jobFolder(NAME).resolve("logs/sys/node");
        try (Stream<Path> all = Files.exists(nodes) ? Files.list(nodes) : Stream.empty()) {
            return (int)
                    all.map(node -> node.resolve("environment.txt"))
                            .filter(file -> saidBy(file, words))
                            .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean saidBy(Path log, String words) {
        try {
            return Files.exists(log) && Files.readString(log).contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
