package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with a conda file, through the real command, with a real venv and a real pip. */
final class EnvironmentIT {

    private static final String SCRIPT =
            """
            import os, subprocess, sys, windrowtoy
            def run(mini_batch):
                inside = os.environ["VIRTUAL_ENV"] == sys.prefix
                return ["%s %s" % (windrowtoy.WORD, inside) for _ in mini_batch]
            """;

    private static final String CONDA =
            """
            name: score
            dependencies:
              - python>=3.8
              - pip:
                  - %s
            """;

    @TempDir Path folder;

    private Windrow windrow;

    @BeforeEach
    void setUp() throws IOException {
        Path wheels = Files.createDirectories(folder.resolve("wheels"));
        ToyWheel.make(wheels, "toy");
        windrow =
                new Windrow(folder.resolve("home"))
                        .with("PIP_NO_INDEX", "1")
                        .with("PIP_FIND_LINKS", wheels.toString());
    }

    /** The job, with a conda file of one line for pip beside it. */
    private JobFixture job(String line) throws IOException {
        JobFixture fixture =
                JobFixture.withFiles(folder.resolve("job"), 3)
                        .script(SCRIPT)
                        .environment("{conda_file: ./conda.yml}");
        Files.writeString(fixture.folder().resolve("conda.yml"), CONDA.formatted(line));
        return fixture;
    }

    private Finished run(JobFixture fixture, String name, String... more) {
        return windrow.run(folder, words(fixture, name, more));
    }

    private static String[] words(JobFixture fixture, String name, String... more) {
        List<String> all = new ArrayList<>(List.of("run", fixture.write().toString(), "-n", name));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Path log(String job) {
        return windrow.jobFolder(job).resolve("logs/sys/environment.txt");
    }

    @Test
    void installsWhatTheCondaFileListsAndFindsItTheNextTime() throws Exception {
        JobFixture fixture = job("windrowtoy==1.0");

        Finished first = run(fixture, "first", "--environment", "venv");

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.err()).contains("Preparing", "the Python environment is being prepared");
        assertThat(Files.readAllLines(fixture.target())).hasSize(3).containsOnly("toy True");
        assertThat(log("first")).content().contains("Successfully installed windrowtoy-1.0");

        Finished second = run(fixture, "second", "--environment", "venv", "--instances", "2");

        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(log("second")).content().startsWith("windrow: found ").hasLineCount(1);
    }

    @Test
    void refusesACondaFileThatNobodyAskedFor() throws Exception {
        JobFixture fixture = job("windrowtoy");

        for (String verb : List.of("run", "validate")) {
            Finished refused = windrow.run(folder, verb, fixture.write().toString(), "-n", "no");

            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err())
                    .contains(
                            "job.yml:",
                            "task.environment.conda_file: ./conda.yml (expected: --environment venv,");
        }
        assertThat(windrow.jobFolder("no")).doesNotExist();
    }

    @Test
    void namesThePackagesThatPipCannotInstall() throws Exception {
        JobFixture fixture = job("windrowtoy");
        Path conda = fixture.folder().resolve("conda.yml");
        Files.writeString(conda, "dependencies:\n  - numpy=1.26\n");

        Finished refused = run(fixture, "no", "--environment", "venv");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("conda.yml:2:5: dependencies.0: numpy=1.26 (expected:");
    }

    @Test
    void failsWithWhatPipSaysAndGoesOnWithAnotherFile() throws Exception {
        JobFixture fixture = job("windrowtoy==2.0");

        Finished failed = run(fixture, "late", "--environment", "venv");

        assertThat(failed.exit()).isEqualTo(4);
        assertThat(failed.out() + failed.err())
                .contains(
                        "ENVIRONMENT_NOT_MADE",
                        "No matching distribution found",
                        "windrow resume late --environment venv");
        Files.writeString(
                fixture.folder().resolve("conda.yml"), CONDA.formatted("windrowtoy==1.0"));
        assertThat(windrow.run(folder, "resume", "late").exit()).isEqualTo(4);

        Finished resumed = windrow.run(folder, "resume", "late", "--environment", "venv");

        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(fixture.target())).hasSize(3).containsOnly("toy True");
    }

    @Test
    void startsAnewAfterAKillWhileItWasMade() throws Exception {
        Path pipe = folder.resolve("windrowtoy-1.0-py3-none-any.whl");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        JobFixture fixture = job(pipe.toUri().toString());
        String[] words = words(fixture, "killed", "--environment", "venv");
        Process first =
                windrow.start(folder, folder.resolve("out.txt"), folder.resolve("err.txt"), words);
        // Opened for writing as soon as pip reads it, and never written to.
        try (var open = Files.newOutputStream(pipe)) {
            first.destroyForcibly();
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(open).isNotNull();
        }
        Files.delete(pipe);
        ToyWheel.make(folder, "toy");

        Finished second = run(fixture, "killed", "--environment", "venv");

        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(Files.readAllLines(fixture.target())).hasSize(3).containsOnly("toy True");
    }

    @Test
    void aServerMakesItWhereTheJobRuns() throws Exception {
        JobFixture fixture = job("windrowtoy==1.0");
        ServerProcess server = ServerProcess.start(windrow, folder);
        try {
            Finished refused =
                    windrow.run(
                            folder,
                            "job",
                            "create",
                            fixture.write().toString(),
                            "--server",
                            server.url());
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("--environment venv");

            Finished made =
                    windrow.run(
                            folder,
                            "job",
                            "create",
                            fixture.write().toString(),
                            "-n",
                            "served",
                            "--environment",
                            "venv",
                            "--upload",
                            "--stream",
                            "--server",
                            server.url());

            assertThat(made.exit()).as(made.err()).isZero();
            assertThat(log("served")).content().contains("Successfully installed windrowtoy-1.0");
        } finally {
            server.killWithAgents(windrow.home());
        }
    }
}
