package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that use nothing of the server's home but the segments of the job. */
final class FarAgentIT {

    /**
     * Workers of both instances say where they run, and what they have been given. The server's own
     * ends no mini-batch before the other has begun one; the other waits for the test.
     */
    private static final String SCRIPT =
            """
            import os, subprocess, sys, threading
            SEEN, GO = os.environ["SEEN"], os.environ["GO"]
            FAR = "agents" in os.getcwd()
            def init():
                open(os.path.join(SEEN, "far" if FAR else "near"), "w").close()
                tool = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tool.sh")
                print("init in", os.getcwd(), subprocess.check_output([tool]).decode().strip())
            def run(mini_batch):
                while not FAR and len(os.listdir(SEEN)) < 3:
                    threading.Event().wait(0.01)
                name = os.path.basename(mini_batch[0])
                print("begins", name, flush=True)
                if FAR:
                    open(os.path.join(SEEN, name), "w").close()
                    while NOISE:
                        os.write(1, NOISE.pop(0))
                while FAR and not os.path.exists(GO):
                    threading.Event().wait(0.01)
                os.write(1, b"last line\\n")
                print("ends", name, flush=True)
                return [open(path).read() for path in mini_batch]
            NOISE = []
            """;

    /** Twenty megabytes of lines that are all different, once, past the script's own printing. */
    private static final String MANY =
            """
            NOISE = [b"".join(b"%015d\\n" % i for i in range(at, at + 1024)) for at in range(0, 20 << 16, 1024)]
            """;

    @TempDir Path folder;

    private Windrow windrow;
    private ServerProcess server;
    private Path go;
    private Path work;
    private String side = "";
    private final List<Process> agents = new ArrayList<>();

    @BeforeEach
    void setUp() throws IOException {
        Path seen = Files.createDirectories(folder.resolve("seen"));
        go = folder.resolve("go");
        work = folder.resolve("agents");
        windrow =
                new Windrow(folder.resolve("home"))
                        .with("SEEN", seen.toString())
                        .with("GO", go.toString());
        server = ServerProcess.start(windrow, folder);
    }

    @AfterEach
    void tearDown() throws Exception {
        agents.forEach(Process::destroyForcibly);
        server.killWithAgents(windrow.home());
    }

    private Finished job(String... words) {
        return windrow.job(folder, server, words);
    }

    private JobFixture submitted(String more) throws IOException {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 12);
        Path file =
                fixture.script(SCRIPT + more)
                        .field("inputs", "{files: {type: uri_folder, path: ./in}" + side + "}")
                        .field("mini_batch_size", "\"1\"")
                        .field("max_concurrency_per_instance", "1")
                        .write();
        Path tool = Files.writeString(folder.resolve("job/src/tool.sh"), "#!/bin/sh\necho tool\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Finished made = job("create", file.toString(), "-n", "far");
        assertThat(made.exit()).as(made.err()).isZero();
        Path token = folder.resolve("token");
        Awaited.await(
                "a token of the job",
                () -> job("agent-token", "far", "--save-as", token.toString()).exit() == 0);
        return fixture;
    }

    private Process agent() {
        Process agent =
                windrow.start(
                        folder,
                        folder.resolve("agent.out"),
                        folder.resolve("agent.err"),
                        "agent",
                        "--server",
                        server.url(),
                        "--token-file",
                        folder.resolve("token").toString(),
                        "--work",
                        work.toString());
        agents.add(agent);
        return agent;
    }

    /** Some mini-batch has begun on the agent. */
    private void awaitWork() {
        Awaited.await(
                "the agent works",
                () -> {
                    String[] seen = folder.resolve("seen").toFile().list();
                    return seen != null && seen.length > 2;
                });
    }

    private Path logs() {
        return windrow.jobFolder("far").resolve("logs");
    }

    private Path shipped(String name) {
        return logs().resolve(name);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void ended(Process agent, JobFixture fixture) throws Exception {
        Files.createFile(go);
        Finished watched = job("stream", "far");
        assertThat(watched.exit()).as(watched.err()).isZero();
        assertThat(agent.waitFor(Awaited.LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("the agent ends")
                .isTrue();
        assertThat(agent.exitValue()).as(said()).isZero();
        assertThat(Files.readAllLines(fixture.target())).hasSize(12).isSorted();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("agent.err"));
    }

    @Test
    void worksInItsOwnFolderAndItsLogsAreTheJobs() throws Exception {
        JobFixture fixture = submitted("");
        Process agent = agent();
        awaitWork();
        Path user = shipped("user/stdout/1/process000.stdout.txt");
        Awaited.await("lines arrive while it runs", () -> text(user).contains("begins "));
        Path own = work.resolve("far-1");
        // A copy of what is there, to compare with what arrives.
        Path list = windrow.jobFolder("far").resolve("instances/1/code/entry.py");
        assertThat(own.resolve("code/entry.py")).hasSameTextualContentAs(list);
        Files.delete(list);
        assertThat(own.resolve("code.tar")).doesNotExist();
        ended(agent, fixture);

        assertThat(text(user)).contains("init in " + own.resolve("code") + " tool", "ends ");
        assertThat(shipped("sys/node/1/_main.txt")).content().contains("starts", "ends");
        assertThat(shipped("sys/node/1/process000.stderr.txt")).exists();
        assertThat(shipped("sys/perf/1/node_resource_usage.csv")).exists();
        assertThat(own).doesNotExist();
        assertThat(said()).contains("works in " + own);
        Finished read = job("logs", "far", "--instance", "1", "--process", "process000");
        assertThat(read.out()).contains("user/stdout/1/process000.stdout.txt");
    }

    @Test
    void whatItHadShippedBeforeItWasKilledIsThere() throws Exception {
        submitted("");
        Process agent = agent();
        awaitWork();
        Path user = shipped("user/stdout/1/process000.stdout.txt");
        Awaited.await("lines arrive", () -> text(user).contains("begins "));
        agent.destroyForcibly().waitFor();
        Files.createFile(go);
        assertThat(work.resolve("far-1/code/entry.py")).exists();
        // It comes too late for the job, or joins it: it removes what the other has left before.
        assertThat(agent().waitFor(Awaited.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(said())
                .contains(
                        "removed %s, which a killed agent had left"
                                .formatted(work.resolve("far-1")));
        assertThat(work).isEmptyDirectory();
        assertThat(job("stream", "far").exit()).isZero();
        Finished read = job("logs", "far", "user/stdout/1/process000.stdout.txt");
        assertThat(read.exit()).as(read.err()).isZero();
        assertThat(read.out()).contains("init in " + work.resolve("far-1/code"), "begins ");
    }

    @Test
    void muchOutputArrivesAsItWasCutAlsoWhenTheServerIsKilledMeanwhile() throws Exception {
        JobFixture fixture = submitted(MANY);
        Process agent = agent();
        awaitWork();
        Path out = shipped("sys/node/1/process000.stdout.txt");
        Awaited.await("the first bytes arrive", () -> text(out).length() > 1 << 20);
        int port = server.port();
        server.kill();
        server = ServerProcess.start(windrow, folder, port);
        int before = text(out).length();
        Awaited.await("it goes on after the restart", () -> text(out).length() > before);
        ended(agent, fixture);

        String arrived = text(out);
        assertThat(said()).doesNotContain("not all logs");
        assertThat(arrived.length()).isBetween(8 << 20, 17 << 20);
        assertThat(arrived).startsWith("%015d\n".formatted(0)).contains("bytes were cut here");
        assertThat(arrived.substring(0, 8 << 20)).endsWith("%015d\n".formatted((8 << 16) - 1));
        assertThat(arrived).endsWith("last line\n");
        assertThat(shipped("sys/node/1/process000.stdout.txt.tail")).doesNotExist();
    }

    @Test
    void ctrlCEndsItWithItsLastLinesSent() throws Exception {
        submitted("");
        Process agent = agent();
        awaitWork();
        agent.destroy();
        assertThat(agent.waitFor(Awaited.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(shipped("sys/node/1/_main.txt")).content().contains("agent of instance 1 ends");
        assertThat(work.resolve("far-1")).doesNotExist();
    }

    @Test
    void aFolderOfTheJobThatIsNotHereIsNamed() throws Exception {
        submitted("");
        Path input = folder.resolve("job/in");
        Files.move(input, folder.resolve("job/elsewhere"));
        Process agent = agent();
        assertThat(agent.waitFor(Awaited.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isEqualTo(1);
        assertThat(said())
                .isEqualTo(
                        "windrow: agent: input files: %s is not there on this machine, which is to be instance 1 (expected: at the server's path, and readable)\n"
                                .formatted(input));
        assertThat(work).doesNotExist();
    }

    @Test
    void anInputBesideTheDataThatIsNotHereIsNamed() throws Exception {
        side = ", words: {type: uri_file, path: ./words.txt}";
        Path words = Files.createDirectories(folder.resolve("job")).resolve("words.txt");
        Files.writeString(words, "oats");
        submitted("");
        Files.delete(words);
        Process agent = agent();
        assertThat(agent.waitFor(Awaited.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isEqualTo(1);
        assertThat(said())
                .startsWith("windrow: agent: input words: %s is not there".formatted(words));
    }
}
