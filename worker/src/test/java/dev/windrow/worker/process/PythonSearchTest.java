package dev.windrow.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.worker.process.PythonSearch.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PythonSearchTest {

    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void setUp() {
        environment.put("PATH", folder.resolve("bin").toString());
    }

    /** A program that says it is this Python. */
    private Path python(String file, String version) throws IOException {
        return program(file, "#!/bin/sh\nprintf '%s' '" + version + "'\n");
    }

    private Path program(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Answer search() throws InterruptedException {
        return new PythonSearch(environment).run();
    }

    private static Answer found(Path python, String version) {
        return new Answer.Found(python.toString(), version);
    }

    @Test
    void takesTheOneThatIsNamed() throws Exception {
        Path named = python("opt/python", "3.8");
        python("bin/python3", "3.13");
        environment.put("WINDROW_PYTHON", named.toString());

        assertThat(search()).isEqualTo(found(named, "3.8"));
    }

    @Test
    void takesTheOneThatIsAskedForWhateverElseThereIs() throws Exception {
        Path asked = python("opt/python", "3.9");
        environment.put("WINDROW_PYTHON", python("bin/python3", "3.13").toString());

        assertThat(new PythonSearch(environment, Optional.of(asked.toString())).run())
                .isEqualTo(found(asked, "3.9"));
        assertThat(new PythonSearch(environment, Optional.of("/nowhere/python")).run())
                .asString()
                .contains("--python: /nowhere/python is not there");
    }

    @Test
    void takesNoOtherThanTheOneThatIsNamed() throws Exception {
        python("bin/python3", "3.13");
        environment.put("WINDROW_PYTHON", "/nowhere/python");

        assertThat(search()).asString().contains("WINDROW_PYTHON: /nowhere/python is not there");
    }

    @Test
    void prefersAnActiveEnvironmentToThePath() throws Exception {
        Path conda = python("conda/bin/python", "3.9");
        python("bin/python3", "3.13");
        environment.put("CONDA_PREFIX", folder.resolve("conda").toString());
        assertThat(search()).isEqualTo(found(conda, "3.9"));

        Path virtual = python("venv/bin/python", "3.10");
        environment.put("VIRTUAL_ENV", folder.resolve("venv").toString());
        assertThat(search()).isEqualTo(found(virtual, "3.10"));
    }

    @Test
    void goesOnPastOnesThatAreTooOldOrNoPython() throws Exception {
        python("bin/python3", "3.7");
        Path second = python("more/python3", "3.12");
        environment.put("PATH", folder.resolve("bin") + ":" + folder.resolve("more"));
        assertThat(search()).isEqualTo(found(second, "3.12"));

        program("more/python3", "#!/bin/sh\nexit 1\n");
        Path plain = python("bin/python", "4.0");
        assertThat(search()).isEqualTo(found(plain, "4.0"));
    }

    @Test
    void saysWhereItHasLookedAndWhatWasThere() throws Exception {
        Path old = python("bin/python3", "3.7");
        Path broken = program("conda/bin/python", "no program");
        environment.put("CONDA_PREFIX", folder.resolve("conda").toString());

        assertThat(search())
                .isEqualTo(
                        new Answer.None(
                                "python: none (expected: Python 3.8 or later as WINDROW_PYTHON, in an active conda or virtual environment, or as python3 or python on the path; found: WINDROW_PYTHON is not set, VIRTUAL_ENV is not set, CONDA_PREFIX: %s is no Python that can be used, python3: %s is Python 3.7, python is not on the path)"
                                        .formatted(broken, old)));
    }

    @Test
    void findsARealOne() throws Exception {
        environment.put("PATH", System.getenv("PATH"));

        assertThat(search()).isInstanceOf(Answer.Found.class);
    }
}
