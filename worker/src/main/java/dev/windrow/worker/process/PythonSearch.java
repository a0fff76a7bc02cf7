package dev.windrow.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for the Python that runs the workers: the one asked for, else {@code WINDROW_PYTHON}, else
 * the first that is new enough of an active virtual or conda environment, {@code python3} and
 * {@code python}. Starts each to ask for its version.
 */
public final class PythonSearch {

    /** What the search comes to. */
    public sealed interface Answer {

        /**
         * This one.
         *
         * @param python how it is started
         * @param version its first two numbers
         */
        record Found(String python, String version) implements Answer {}

        /**
         * None.
         *
         * @param message what was looked for and what was there, in one line
         */
        record None(String message) implements Answer {}
    }

    private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");
    private static final int MAJOR = 3;
    private static final int MINOR = 8;
    private static final String ASK =
            "import sys; sys.stdout.write('%d.%d' % tuple(sys.version_info[:2]))";

    /** An image's first file may come from far away. */
    private static final long ASK_SECONDS = 60;

    private final Map<String, String> environment;
    private final Optional<String> asked;
    private final List<String> seen = new ArrayList<>();

    /**
     * @param environment where the names of places are
     */
    public PythonSearch(Map<String, String> environment) {
        this(environment, Optional.empty());
    }

    /**
     * @param environment where the names of places are
     * @param asked the one that a user names, whatever else there is
     */
    public PythonSearch(Map<String, String> environment, Optional<String> asked) {
        this.environment = Map.copyOf(environment);
        this.asked = asked;
    }

    /** Looks. Blocks while interpreters are asked. */
    public Answer run() throws InterruptedException {
        // Whoever names one wants that one.
        if (asked.isPresent()) {
            return answer(fits("--python", asked.get()));
        }
        Optional<String> named = variable("WINDROW_PYTHON");
        if (named.isPresent()) {
            return answer(fits("WINDROW_PYTHON", named.get()));
        }
        seen.add("WINDROW_PYTHON is not set");
        Optional<Answer.Found> found = inEnvironment("VIRTUAL_ENV");
        for (String name : List.of("CONDA_PREFIX", "python3", "python")) {
            if (found.isEmpty()) {
                found = name.equals("CONDA_PREFIX") ? inEnvironment(name) : onPath(name);
            }
        }
        return answer(found);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private Answer answer(Optional<Answer.Found> found) {
        return found.<Answer>map(one -> one)
                .orElseGet(() ->
                        new Answer.None(
                                "python: none (expected: Python 3.8 or later as WINDROW_PYTHON, in an active conda or virtual environment, or as python3 or python on the path; found: %s)"
                                        .formatted(String.join(", ", seen))));
    }

    private Optional<Answer.Found> inEnvironment(String variable) throws InterruptedException {
        Optional<String> folder = variable(variable);
        return folder.isPresent() ? fits(variable, folder.get() + "/bin/python") : none(variable);
    }

    private Optional<Answer.Found> none(String variable) {
        seen.add(variable + " is not set");
        return Optional.empty();
    }

    private Optional<Answer.Found> onPath(String name) throws InterruptedException {
        boolean any = false;
        for (String folder : variable("PATH").orElse("/usr/local/bin:/usr/bin:/bin").split(":")) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                any = true;
                Optional<Answer.Found> found = fits(name, file.toString());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        if (!any) {
            seen.add(name + " is not on the path");
        }
        return Optional.empty();
    }

    /** The interpreter, when it is new enough; else it is written down what it is. */
    private Optional<Answer.Found> fits(String place, String python) throws InterruptedException {
        String what = version(python);
        Matcher version = VERSION.matcher(what);
        if (!version.matches()) {
            seen.add("%s: %s %s".formatted(place, python, what));
            return Optional.empty();
        }
        int major = Integer.parseInt(version.group(1));
        if (major > MAJOR || (major == MAJOR && Integer.parseInt(version.group(2)) >= MINOR)) {
            return Optional.of(new Answer.Found(python, what));
        }
        seen.add("%s: %s is Python %s".formatted(place, python, what));
        return Optional.empty();
    }

    /** Two numbers, or why there are none. */
    private static String version(String python) throws InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(python, "-I", "-S", "-c", ASK)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException _) {
            return Files.exists(Path.of(python)) ? "cannot be started" : "is not there";
        }
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(ASK_SECONDS, TimeUnit.SECONDS)) {
                return "gives no version in %d s".formatted(ASK_SECONDS);
            }
            String said = new String(out.readNBytes(1 << 10), StandardCharsets.US_ASCII);
            boolean version = process.exitValue() == 0 && VERSION.matcher(said).matches();
            return version ? said : "is no Python that can be used";
        } catch (IOException _) {
            return "cannot be asked for its version";
        } finally {
            process.destroyForcibly();
        }
    }
}
