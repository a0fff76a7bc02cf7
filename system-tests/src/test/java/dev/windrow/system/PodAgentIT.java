package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that is a pod's main process, started as a pod starts it, against a real server. */
final class PodAgentIT {

    /** The first instance waits until the test lets it go; a pod's works, or waits as well. */
    private static final String SCRIPT =
            """
            import os, threading
            SEEN, GO = os.environ["SEEN"], os.environ["GO"]
            POD = "agent-" in os.getcwd()
            def run(mini_batch):
                name = os.path.basename(mini_batch[0])
                if POD:
                    print("begins", name, flush=True)
                    open(os.path.join(SEEN, name), "w").close()
                while not os.path.exists(GO):
                    threading.Event().wait(0.01)
                return [open(path).read() for path in mini_batch]
            """;

    @TempDir Path folder;

    private Windrow windrow;
    private ServerProcess server;
    private HeadProxy proxy;
    private Path seen;
    private Path go;
    private Path wheels;
    private Path token;
    private Path work;
    private String side = "";
    private final List<Process> agents = new ArrayList<>();

    @BeforeEach
    void setUp() throws IOException {
        seen = Files.createDirectories(folder.resolve("seen"));
        work = Files.createDirectories(folder.resolve("work"));
        wheels = Files.createDirectories(folder.resolve("wheels"));
        ToyWheel.make(wheels, "toy");
        go = folder.resolve("go");
        token = folder.resolve("token");
        windrow =
                new Windrow(folder.resolve("home"))
                        .with("SEEN", seen.toString())
                        .with("GO", go.toString())
                        .with("PIP_NO_INDEX", "1")
                        .with("PIP_FIND_LINKS", wheels.toString());
        server = ServerProcess.start(windrow, folder);
        // Instances of this machine are numbered by the server, and pods by their compute.
        proxy =
                HeadProxy.start(
                        server.port(),
                        head -> Optional.of(head.replace("/join?agent=1 ", "/join ")));
    }

    @AfterEach
    void tearDown() throws Exception {
        agents.forEach(Process::destroyForcibly);
        proxy.close();
        server.killWithAgents(windrow.home());
    }

    private Finished job(String... words) {
        return windrow.job(folder, server, words);
    }

    private JobFixture submitted(String... more) throws IOException {
        JobFixture fixture = JobFixture.withFiles(folder.resolve("job"), 12);
        if (more.length > 0) {
            fixture.environment("{conda_file: {dependencies: [pip: [windrowtoy]]}}");
        }
        Path file =
                fixture.script(SCRIPT)
                        .field("inputs", "{files: {type: uri_folder, path: ./in}" + side + "}")
                        .field("mini_batch_size", "\"1\"")
                        .field("max_concurrency_per_instance", "1")
                        .write();
        List<String> words = new ArrayList<>(List.of("create", file.toString(), "-n", "far"));
        words.addAll(List.of(more));
        Finished made = job(words.toArray(String[]::new));
        assertThat(made.exit()).as(made.err()).isZero();
        Awaited.await(
                "a token",
                () -> job("agent-token", "far", "--save-as", token.toString()).exit() == 0);
        return fixture;
    }

    private Process agent(String... variables) throws IOException {
        List<String> command = windrow.java("dev.windrow.worker.pod.PodAgentMain");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectOutput(folder.resolve("agent.out").toFile())
                        .redirectError(folder.resolve("agent.err").toFile());
        builder.environment().put("SEEN", seen.toString());
        builder.environment().put("GO", go.toString());
        builder.environment().put("WINDROW_SERVER", proxy.url());
        builder.environment().put("WINDROW_INSTANCE", "1");
        builder.environment().put("WINDROW_TOKEN_FILE", token.toString());
        builder.environment().put("WINDROW_WORK", work.toString());
        for (int i = 0; i < variables.length; i += 2) {
            builder.environment().put(variables[i], variables[i + 1]);
        }
        Process agent = builder.start();
        agents.add(agent);
        return agent;
    }

    private void awaitWork() {
        Awaited.await(
                "the agent works",
                () -> {
                    String[] names = seen.toFile().list();
                    return names != null && names.length > 0;
                });
    }

    private int ended(Process agent) throws InterruptedException {
        assertThat(agent.waitFor(Awaited.LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("the agent ends")
                .isTrue();
        return agent.exitValue();
    }

    private List<String> said() throws IOException {
        return Files.readAllLines(folder.resolve("agent.out")).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    private String complained() throws IOException {
        return Files.readString(folder.resolve("agent.err"));
    }

    private Path log(String name) {
        return windrow.jobFolder("far").resolve("logs").resolve(name);
    }

    @Test
    void worksForTheJobAndSaysItsLife() throws Exception {
        JobFixture fixture = submitted();
        Process agent = agent();
        awaitWork();
        Files.createFile(go);
        Finished watched = job("stream", "far");
        assertThat(watched.exit()).as(watched.err()).isZero();

        assertThat(ended(agent)).as(complained()).isZero();
        assertThat(said())
                .hasSize(4)
                .startsWith(
                        "instance 1 asks %s what to do".formatted(proxy.url()),
                        "joined job far as instance 1")
                .endsWith("job far: nothing more to do");
        assertThat(said().get(2)).startsWith("works with 1 worker (");
        assertThat(log("user/stdout/1/process000.stdout.txt")).content().contains("begins ");
        assertThat(Files.readAllLines(fixture.target())).hasSize(12).isSorted();
    }

    @Test
    void aPodThatIsToEndLeavesInOrder() throws Exception {
        JobFixture fixture = submitted();
        Process agent = agent();
        awaitWork();
        agent.destroy();

        assertThat(ended(agent)).as(complained()).isZero();
        assertThat(said()).last().isEqualTo("job far: it was told to end");
        assertThat(log("sys/node/1/_main.txt")).content().contains("agent of instance 1 ends");
        assertThat(log("user/stdout/1/process000.stdout.txt")).content().contains("begins ");
        Files.createFile(go);
        assertThat(job("stream", "far").exit()).isZero();
        assertThat(Files.readAllLines(fixture.target())).hasSize(12).isSorted();
    }

    @Test
    void anImageWithoutPythonFailsTheJobAndSaysWhatWasLookedFor() throws Exception {
        submitted();
        Process agent = agent("WINDROW_PYTHON", "/nowhere/python");

        assertThat(ended(agent)).isEqualTo(1);
        assertThat(complained()).contains("WINDROW_PYTHON: /nowhere/python is not there");
        Finished watched = job("stream", "far");
        assertThat(watched.exit()).isEqualTo(4);
        assertThat(watched.out() + watched.err())
                .contains("NO_PYTHON", "WINDROW_PYTHON: /nowhere/python is not there");
    }

    @Test
    void anInputThatThePodDoesNotSeeFailsTheJobAndIsNamed() throws Exception {
        side = ", words: {type: uri_file, path: ./words.txt}";
        Path words = Files.createDirectories(folder.resolve("job")).resolve("words.txt");
        Files.writeString(words, "oats");
        submitted();
        Files.delete(words);
        Process agent = agent();

        String sentence =
                "input words: %s is not there on instance 1 (expected: a path that the job's pods see and may read)"
                        .formatted(words);
        assertThat(ended(agent)).isEqualTo(1);
        assertThat(complained()).contains(sentence);
        Finished watched = job("stream", "far");
        assertThat(watched.exit()).isEqualTo(4);
        assertThat(watched.out() + watched.err()).contains("INPUT_UNREADABLE", sentence);
    }

    @Test
    void makesTheEnvironmentInAFolderOfItsOwn() throws Exception {
        submitted("--environment", "venv");
        Process agent = agent("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", wheels.toString());
        awaitWork();
        Files.createFile(go);

        assertThat(ended(agent)).as(complained()).isZero();
        assertThat(said())
                .contains("prepares the Python environment first, which may take minutes");
        String number = said().get(1).replaceAll(".* ", "");
        assertThat(log("sys/node/" + number + "/environment.txt"))
                .content()
                .contains("windrow: makes " + work, "Successfully installed windrowtoy-1.0");
        assertThat(job("stream", "far").exit()).isZero();
    }

    @Test
    void aPodOfAnotherFolderMakesItsOwn() throws Exception {
        submitted("--environment", "venv");
        String links = wheels.toString();
        Process first = agent("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", links);
        awaitWork();
        Path other = Files.createDirectories(folder.resolve("other-work"));
        Process second =
                agent(
                        "PIP_NO_INDEX",
                        "1",
                        "PIP_FIND_LINKS",
                        links,
                        "WINDROW_WORK",
                        other.toString());
        Awaited.await(
                "both have made one",
                () -> prepared("windrow: sent to the server for the other instances") == 2);
        Files.createFile(go);

        assertThat(ended(first)).as(complained()).isZero();
        assertThat(ended(second)).as(complained()).isZero();
        assertThat(prepared("windrow: makes " + work)).isEqualTo(1);
        assertThat(prepared("windrow: makes " + other)).isEqualTo(1);
        assertThat(job("stream", "far").exit()).isZero();
    }

    @Test
    void theNextPodMakesItAtOnceWhenTheFirstIsToldToEnd() throws Exception {
        submitted("--environment", "venv");
        Path stuck = Files.createDirectories(folder.resolve("stuck"));
        Path pipe = stuck.resolve("windrowtoy-1.0-py3-none-any.whl");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Process first = agent("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", stuck.toString());
        // Opened for writing as soon as pip reads it, and never written to.
        try (var open = Files.newOutputStream(pipe)) {
            first.destroy();
            assertThat(ended(first)).as(complained()).isZero();
            assertThat(open).isNotNull();
        }
        Process second = agent("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", wheels.toString());
        awaitWork();
        Files.createFile(go);

        assertThat(ended(second)).as(complained()).isZero();
        assertThat(prepared("windrow: makes " + work)).isEqualTo(2);
        assertThat(prepared("waiting")).isZero();
        assertThat(job("stream", "far").exit()).isZero();
    }

    /** How many agents have said something while they prepared their environment. */
    private int prepared(String words) {
        int count = 0;
        for (int number = 0; number < 10; number++) {
            Path file = log("sys/node/" + number + "/environment.txt");
            try {
                count += Files.exists(file) && Files.readString(file).contains(words) ? 1 : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }

    @Test
    void anEnvironmentThatAPodCannotMakeFailsTheJob() throws Exception {
        submitted("--environment", "venv");
        Process agent = agent("PIP_NO_INDEX", "1");

        assertThat(ended(agent)).isEqualTo(1);
        assertThat(complained()).contains("No matching distribution found for windrowtoy");
        Finished watched = job("stream", "far");
        assertThat(watched.exit()).isEqualTo(4);
        assertThat(watched.out() + watched.err())
                .contains("ENVIRONMENT_NOT_MADE", "No matching distribution found");
    }

    @Test
    void aTokenOfNoJobIsSaid() throws Exception {
        Files.writeString(token, "nobodys");
        Process agent = agent();

        assertThat(ended(agent)).isEqualTo(1);
        assertThat(complained())
                .isEqualTo(
                        "agent: ends: server %s: the token is unknown there, or expired\n"
                                .formatted(proxy.url()));
    }

    @Test
    void oneThatIsToldToEndWhileNobodyAnswersEnds() throws Exception {
        Files.writeString(token, "nobodys");
        proxy.close();
        Process agent = agent();
        Awaited.await(
                "it has asked", () -> agent.toHandle().isAlive() && hasSaid("nobody answers"));
        agent.destroy();

        assertThat(ended(agent)).isZero();
        assertThat(complained()).isEqualTo("agent: ends: it was told to end\n");
    }

    private boolean hasSaid(String text) {
        try {
            return Files.readString(folder.resolve("agent.out")).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
