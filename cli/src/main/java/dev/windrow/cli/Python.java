package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The interpreter that {@code --python} names. */
final class Python {

    private Python() {}

    /** Its absolute path, so that a later resume from elsewhere finds the same one. */
    static Optional<String> asked(Given given, Shell shell) {
        return given.text("--python").map(asked -> found(asked, shell));
    }

    private static String found(String asked, Shell shell) {
        List<Path> places =
                asked.contains("/")
                        ? List.of(Path.of(asked))
                        : path(shell).stream().map(folder -> Path.of(folder, asked)).toList();
        for (Path place : places) {
            if (Files.isRegularFile(place) && Files.isExecutable(place)) {
                // Links stay: the interpreter of a virtual environment is one, and knows by it.
                return place.toAbsolutePath().normalize().toString();
            }
        }
        throw new EngineException(
                ErrorCode.INVALID_JOB_SPEC,
                "--python: %s (expected: a Python 3.8 or newer that this user may run)"
                        .formatted(asked));
    }

    private static List<String> path(Shell shell) {
        String path = shell.environment().getOrDefault("PATH", "");
        return List.of(path.split(File.pathSeparator, -1));
    }
}
