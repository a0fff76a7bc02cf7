package dev.windrow.worker.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.model.PythonRule;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.worker.environment.EnvironmentMaker.Asker;
import dev.windrow.worker.process.HarnessFiles;
import dev.windrow.worker.process.PythonSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentMakerTest {

    private static final VirtualEnvironment WANTED = wanted("windrowtoy==1.0");

    @TempDir Path folder;

    private String python = "";

    @BeforeEach
    void setUp() throws Exception {
        Wheel.make(folder.resolve("wheels"), "windrowtoy", "1.0", "hello from a wheel");
        if (new PythonSearch(System.getenv()).run()
                instanceof PythonSearch.Answer.Found(String found, String _)) {
            python = found;
        }
    }

    private static VirtualEnvironment wanted(String... lines) {
        return new VirtualEnvironment(PythonRule.ANY, List.of(lines));
    }

    private Path environments() {
        return folder.resolve("home/environments");
    }

    private EnvironmentMaker maker() {
        return new EnvironmentMaker(environments(), this::harness);
    }

    private Path harness() {
        try {
            return HarnessFiles.folder(folder.resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Asker asker(String log) {
        return new Asker(
                python,
                Map.of("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", folder.resolve("wheels").toString()),
                log(log));
    }

    private Path log(String name) {
        return folder.resolve("logs/sys/node/0").resolve(name);
    }

    private static String said(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static String word(MadeEnvironment made) throws IOException {
        return said(made.python(), "-c", "import windrowtoy; print(windrowtoy.WORD)");
    }

    @Test
    void installsWhatPipFindsAndItsCommands() throws Exception {
        MadeEnvironment made = maker().make(WANTED, asker("environment.txt"));

        assertThat(word(made)).isEqualTo("hello from a wheel");
        assertThat(said(made.folder().resolve("bin/windrowtoy").toString()))
                .isEqualTo("hello from a wheel");
        assertThat(log("environment.txt"))
                .content()
                .contains("windrow: makes", "Successfully installed windrowtoy-1.0");
        assertThat(made.active(Map.of("PATH", "/mine"), "/agents"))
                .containsEntry("PATH", made.folder().resolve("bin") + ":/mine")
                .containsEntry("VIRTUAL_ENV", made.folder().toString());
    }

    @Test
    void findsWhatWasMadeBefore() throws Exception {
        MadeEnvironment first = maker().make(WANTED, asker("first.txt"));
        Path used = first.folder().resolveSibling("used");
        Files.setLastModifiedTime(used, FileTime.fromMillis(0));

        assertThat(maker().make(WANTED, asker("second.txt"))).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(used)).isGreaterThan(FileTime.fromMillis(0));
        Files.setLastModifiedTime(used, FileTime.fromMillis(0));
        first.markUsed();
        assertThat(Files.getLastModifiedTime(used)).isGreaterThan(FileTime.fromMillis(0));
        assertThat(log("second.txt"))
                .content()
                .isEqualTo("windrow: found " + first.folder() + "\n");
    }

    @Test
    void makesAnotherForOtherLines() throws Exception {
        MadeEnvironment first = maker().make(WANTED, asker("first.txt"));
        MadeEnvironment second = maker().make(wanted(), asker("second.txt"));

        assertThat(second).isNotEqualTo(first);
        assertThat(word(second)).contains("ModuleNotFoundError");
    }

    @Test
    void makesOneForAllWhoWantItAtTheSameTime() throws Exception {
        List<FutureTask<MadeEnvironment>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String log = i + ".txt";
            Callable<MadeEnvironment> one = () -> maker().make(WANTED, asker(log));
            FutureTask<MadeEnvironment> task = new FutureTask<>(one);
            all.add(task);
            Thread.ofPlatform().start(task);
        }
        MadeEnvironment made = all.getFirst().get();

        for (FutureTask<MadeEnvironment> one : all) {
            assertThat(one.get()).isEqualTo(made);
        }
        assertThat(builds(made.folder().resolveSibling("."))).containsExactly(made.folder());
    }

    private static List<Path> builds(Path own) throws IOException {
        try (var files = Files.newDirectoryStream(own.normalize(), "build-*")) {
            List<Path> builds = new ArrayList<>();
            files.forEach(builds::add);
            return builds;
        }
    }

    @Test
    void saysWhatPipSaidWhenThereIsNoSuchPackage() {
        assertThatThrownBy(() -> maker().make(wanted("nothere==9"), asker("environment.txt")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContainingAll(
                        "environment: pip ended with 1",
                        "No matching distribution found for nothere==9",
                        "environment.txt");
        assertThat(log("environment.txt")).content().contains("nothere");
    }

    @Test
    void triesAgainAfterAFailure() throws Exception {
        VirtualEnvironment later = wanted("latertoy");
        assertThatThrownBy(() -> maker().make(later, asker("first.txt")))
                .isInstanceOf(EnvironmentException.class);
        Wheel.make(folder.resolve("wheels"), "latertoy", "2", "late");

        MadeEnvironment made = maker().make(later, asker("second.txt"));

        assertThat(said(made.python(), "-c", "import latertoy; print(latertoy.WORD)"))
                .isEqualTo("late");
        assertThat(builds(made.folder().resolveSibling("."))).containsExactly(made.folder());
    }

    @Test
    void takesNothingHalfMadeForWhole() throws Exception {
        MadeEnvironment first = maker().make(WANTED, asker("first.txt"));
        Path own = first.folder().resolveSibling(".").normalize();
        Files.delete(own.resolve("made"));
        Files.delete(Path.of(first.python()));

        MadeEnvironment second = maker().make(WANTED, asker("second.txt"));

        assertThat(word(second)).isEqualTo("hello from a wheel");
        assertThat(builds(own)).containsExactly(second.folder());
    }

    @Test
    void endsWhatMakesOneWhenNobodyWaitsForItAnyMore() throws Exception {
        Path pipe = folder.resolve("blocks-1.0-py3-none-any.whl");
        assertThat(said("mkfifo", pipe.toString())).isEmpty();
        VirtualEnvironment blocking = wanted(pipe.toUri().toString());
        FutureTask<MadeEnvironment> task =
                new FutureTask<>(() -> maker().make(blocking, asker("blocked.txt")));
        Thread thread = Thread.ofPlatform().start(task);
        // Opened for writing as soon as pip reads it, and never written to.
        try (var open = Files.newOutputStream(pipe)) {
            thread.interrupt();
            assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(open).isNotNull();
        }
        Files.delete(pipe);
        Wheel.make(folder, "blocks", "1.0", "free");

        MadeEnvironment made = maker().make(blocking, asker("again.txt"));

        assertThat(said(made.python(), "-c", "import blocks; print(blocks.WORD)"))
                .isEqualTo("free");
    }

    @Test
    void refusesAPythonThatTheCondaFileDoesNotName() {
        VirtualEnvironment old = new VirtualEnvironment(new PythonRule("=2.7"), List.of());

        assertThatThrownBy(() -> maker().make(old, asker("environment.txt")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageMatching(
                        "python: .* is Python 3\\..* \\(expected: python=2\\.7, as the conda file says; --python names another\\)");
    }

    @Test
    void anotherMachineMayMakeWhatThisOneHasNoPlaceFor() throws Exception {
        Files.createDirectories(folder.resolve("home"));
        Files.writeString(environments(), "no folder");

        assertThatThrownBy(() -> maker().make(WANTED, asker("environment.txt")))
                .isInstanceOfSatisfying(
                        EnvironmentException.class, fault -> assertThat(fault.elsewhere()).isTrue())
                .hasMessageContaining("(expected: a folder this user may write)");
    }

    @Test
    void saysWhichPythonCannotBeAsked() {
        Asker nobody = new Asker("/nowhere/python", Map.of(), log("environment.txt"));

        assertThatThrownBy(() -> maker().make(WANTED, nobody))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("python: /nowhere/python (expected: one that can be started)");
    }

    @Test
    void saysWhatToInstallWhereVenvIsMissing() throws Exception {
        Path bare = folder.resolve("bare");
        Files.writeString(bare, "#!/bin/sh\nprintf '3.9.1\\nFalse\\ncpython\\nlinux\\n/usr\\n'\n");
        assertThat(bare.toFile().setExecutable(true)).isTrue();
        Asker asker = new Asker(bare.toString(), Map.of(), log("environment.txt"));

        assertThatThrownBy(() -> maker().make(WANTED, asker))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("apt-get install python3-venv");
    }
}
