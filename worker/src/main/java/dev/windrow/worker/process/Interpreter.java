package dev.windrow.worker.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the Python that runs the workers. */
public final class Interpreter {

    private Interpreter() {}

    /**
     * The one asked for, else {@code WINDROW_PYTHON}, an active conda or virtual environment,
     * {@code python3} or {@code python} on the path. Whether it is new enough shows when the first
     * worker starts.
     */
    public static String find(Optional<String> asked) {
        Optional<String> named = asked.or(() -> variable("WINDROW_PYTHON"));
        if (named.isPresent()) {
            return named.get();
        }
        List<String> candidates = new ArrayList<>();
        variable("VIRTUAL_ENV").ifPresent(folder -> candidates.add(folder + "/bin/python"));
        variable("CONDA_PREFIX").ifPresent(folder -> candidates.add(folder + "/bin/python"));
        for (String candidate : candidates) {
            if (Files.isExecutable(Path.of(candidate))) {
                return candidate;
            }
        }
        return onPath("python3").or(() -> onPath("python")).orElse("python3");
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static Optional<String> onPath(String name) {
        for (String folder : variable("PATH").orElse("").split(":")) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return Optional.of(file.toString());
            }
        }
        return Optional.empty();
    }
}
