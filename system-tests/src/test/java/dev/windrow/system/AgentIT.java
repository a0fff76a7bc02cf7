package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that join the fleet of a job by themselves. */
final class AgentIT {

    private static final int FILES = 40;
    private static final long LOOK_NANOS = 5_000_000;

    /** Each worker waits in its first mini-batch until enough have begun one. */
    private static final String SCRIPT =
            """
            import os, threading
            SEEN = os.environ["SEEN"]
            def run(mini_batch):
                open(os.path.join(SEEN, str(os.getpid())), "w").close()
                while len(os.listdir(SEEN)) < 2:
                    threading.Event().wait(0.01)
                return [open(path).read() for path in mini_batch]
            """;

    @TempDir Path folder;

    private Windrow windrow;
    private ServerProcess server;

    @BeforeEach
    void setUp() throws IOException {
        Path seen = Files.createDirectories(folder.resolve("seen"));
        windrow = new Windrow(folder.resolve("home")).with("SEEN", seen.toString());
        server = ServerProcess.start(windrow, folder);
    }

    @AfterEach
    void tearDown() throws Exception {
        server.killWithAgents(windrow.home());
    }

    private Finished job(String... words) {
        return windrow.job(folder, server, words);
    }

    private JobFixture submitted() {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), FILES);
        Path file =
                fixture.script(SCRIPT)
                        .field("mini_batch_size", "\"1\"")
                        .field("max_concurrency_per_instance", "1")
                        .write();
        Finished made = job("create", file.toString(), "-n", "shared");
        assertThat(made.exit()).as(made.err()).isZero();
        return fixture;
    }

    /** Starts an agent by the address it is to know the server by. */
    private Finished agent(String address) throws Exception {
        Path token = folder.resolve("token");
        Finished kept = job("agent-token", "shared", "--save-as", token.toString());
        assertThat(kept.exit()).as(kept.err()).isZero();
        Path out = folder.resolve("agent.out");
        Path err = folder.resolve("agent.err");
        Process agent =
                windrow.start(
                        folder,
                        out,
                        err,
                        "agent",
                        "--server",
                        address,
                        "--token-file",
                        token.toString());
        Finished watched = job("stream", "shared");
        assertThat(watched.exit()).as(watched.err()).isZero();
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).as("the agent ends").isTrue();
        return new Finished(agent.exitValue(), Files.readString(out), Files.readString(err));
    }

    private void check(JobFixture fixture, Finished agent) throws IOException {
        assertThat(agent.exit()).as(agent.err()).isZero();
        assertThat(agent.err())
                .startsWith("windrow: joined job shared as instance 1 with 1 worker (");
        List<String> rows = Files.readAllLines(fixture.target());
        assertThat(rows).hasSize(FILES).isSorted();
        Path results = windrow.jobFolder("shared").resolve("logs/sys/node/1");
        assertThat(results).isDirectoryContaining("glob:**process000.stdout.txt");
    }

    @Test
    void oneThatJoinsWorksBesideTheServersOwnAndEndsWithTheJob() throws Exception {
        JobFixture fixture = submitted();
        check(fixture, agent(server.url()));
    }

    @Test
    void worksThroughAProxyThatBreaksWebSockets() throws Exception {
        JobFixture fixture = submitted();
        try (NoSocketProxy proxy = NoSocketProxy.start(server.port())) {
            check(fixture, agent(proxy.url()));
            assertThat(proxy.refused()).isPositive();
        }
    }

    @Test
    void whoComesWithAWrongTokenOrTooLateIsTold() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong"), "wj_x.y");
        Finished refused =
                windrow.run(
                        folder,
                        "agent",
                        "--server",
                        server.url(),
                        "--token-file",
                        wrong.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo("windrow: agent: the token is unknown there, or expired\n");
        submitted();
        Path token = folder.resolve("token");
        assertThat(job("agent-token", "shared", "--save-as", token.toString()).exit()).isZero();
        assertThat(job("cancel", "shared").exit()).isZero();
        assertThat(job("stream", "shared").exit()).isEqualTo(5);
        while (!job("show", "shared", "-o", "tsv").out().contains("Canceled")) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        Finished late =
                windrow.run(
                        folder,
                        "agent",
                        "--server",
                        server.url(),
                        "--token-file",
                        token.toString());
        assertThat(late.exit()).isEqualTo(1);
        assertThat(late.err()).isEqualTo("windrow: agent: the job has ended\n");
        assertThat(job("agent-token", "shared").exit()).isEqualTo(2);
        Finished nobody =
                windrow.run(
                        folder,
                        "agent",
                        "--server",
                        "http://127.0.0.1:9",
                        "--token-file",
                        token.toString());
        assertThat(nobody.exit()).isEqualTo(1);
        assertThat(nobody.err()).isEqualTo("windrow: No server at http://127.0.0.1:9.\n");
    }
}
