package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The interpreter that {@code --python} names.
 *
 * @param option that names it
 */
record Python(OptionSpec option) {

    /**
     * The option.
     *
     * @param told what its help says
     */
    static Python option(String told) {
        return new Python(Args.path("EXE", told, "--python"));
    }

    /** Its absolute path, so that a later resume from elsewhere finds the same one. */
    Optional<String> asked(Shell shell) {
        return Args.text(option).map(asked -> found(asked, shell));
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
