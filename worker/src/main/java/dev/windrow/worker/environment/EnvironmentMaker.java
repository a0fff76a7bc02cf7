package dev.windrow.worker.environment;

import dev.windrow.model.PythonRule;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.protocol.tls.Authorities;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Environments in a folder, each made once for all who want the same. Several agents, also of
 * several processes, may want one at the same time: one makes it, the others wait. What a killed
 * process has left is never taken for whole.
 */
public final class EnvironmentMaker {

    /** To make one, and to wait for another process that does. */
    static final Duration LIMIT = Duration.ofMinutes(15);

    /** Environments that were made in another way are not taken. */
    private static final String WAY = "1";

    private static final int ANSWER_MOST = 8_192;

    private final Path folder;
    private final Supplier<Path> harness;

    /**
     * @param folder where environments are kept; need not exist yet
     * @param harness gives the folder of the Python harness, when something has to be made
     */
    public EnvironmentMaker(Path folder, Supplier<Path> harness) {
        this.folder = folder.toAbsolutePath().normalize();
        this.harness = harness;
    }

    /**
     * Who asks for an environment.
     *
     * @param python the interpreter to make it with
     * @param variables of the user's, which pip may read
     * @param log file that is appended to
     */
    public record Asker(String python, Map<String, String> variables, Path log) {

        public Asker {
            variables = Map.copyOf(variables);
        }
    }

    /**
     * Where an environment is, or is to be. Blocks a moment.
     *
     * @throws EnvironmentException when the interpreter does not fit
     */
    public EnvironmentSpot spot(VirtualEnvironment wanted, Asker asker)
            throws EnvironmentException, InterruptedException {
        BasePython python = BasePython.ask(asker.python());
        check(wanted.python(), python);
        return new EnvironmentSpot(folder.resolve(digest(wanted, python)), wanted, python, asker);
    }

    /** The same for one who has no spot yet. */
    public MadeEnvironment make(VirtualEnvironment wanted, Asker asker)
            throws EnvironmentException, InterruptedException {
        return make(spot(wanted, asker));
    }

    /**
     * Makes an environment, or finds it. Blocks for minutes; an interrupt kills what makes it.
     *
     * @throws EnvironmentException when it cannot be made; the log has all that was said
     */
    public MadeEnvironment make(EnvironmentSpot spot)
            throws EnvironmentException, InterruptedException {
        Optional<MadeEnvironment> found = spot.find();
        if (found.isPresent()) {
            return found.get();
        }
        try {
            return madeNow(spot.own(), spot.wanted(), spot.python(), spot.asker());
        } catch (IOException e) {
            throw spot.refused(e);
        }
    }

    private static void check(PythonRule rule, BasePython python) throws EnvironmentException {
        if (!rule.fits(python.version())) {
            throw new EnvironmentException(
                    "python: %s is Python %s (expected: python%s, as the conda file says; --python names another)"
                            .formatted(python.command(), python.version(), rule.text()));
        }
    }

    private static String digest(VirtualEnvironment wanted, BasePython python) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String all = String.join("\n", WAY, python.identity(), String.join("\n", wanted.pip()));
            return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private MadeEnvironment madeNow(
            Path own, VirtualEnvironment wanted, BasePython python, Asker asker)
            throws IOException, EnvironmentException, InterruptedException {
        if (!python.canMake()) {
            throw new EnvironmentException(
                    "environment: %s has no venv and ensurepip (expected: both; on Debian and Ubuntu: apt-get install python3-venv)"
                            .formatted(asker.python()));
        }
        return said(run(own, wanted, asker), asker);
    }

    private String run(Path own, VirtualEnvironment wanted, Asker asker)
            throws IOException, EnvironmentException, InterruptedException {
        Process process = start(own, asker);
        try (OutputStream lifeline = process.getOutputStream()) {
            String lines = String.join("\n", wanted.pip()).strip();
            lifeline.write(
                    (lines + (lines.isEmpty() ? "\n" : "\n\n")).getBytes(StandardCharsets.UTF_8));
            lifeline.flush();
            // It has its own limits, which come first.
            if (!process.waitFor(3 * LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EnvironmentException("environment: what makes it does not end");
            }
            try (InputStream out = process.getInputStream()) {
                return new String(out.readNBytes(ANSWER_MOST), StandardCharsets.UTF_8).strip();
            }
        }
    }

    private Process start(Path own, Asker asker) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                asker.python(),
                                "-I",
                                harness.get().resolve("windrow_environment.py").toString(),
                                own.toString(),
                                asker.log().toString(),
                                Long.toString(LIMIT.toSeconds()))
                        .directory(own.toFile())
                        .redirectError(Redirect.appendTo(asker.log().toFile()));
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name ->
                        name.startsWith("WINDROW_TOKEN")
                                || name.startsWith("WINDROW_SECRET_")
                                || name.equals(Authorities.VARIABLE));
        environment.putAll(asker.variables());
        environment.put("PIP_ROOT_USER_ACTION", "ignore");
        return builder.start();
    }

    private static MadeEnvironment said(String answer, Asker asker) throws EnvironmentException {
        String[] words = answer.split(" ", 2);
        String rest = words.length == 2 ? words[1] : "";
        return switch (words[0]) {
            case "made", "found" -> new MadeEnvironment(Path.of(rest));
            case "failed" ->
                    throw new EnvironmentException(
                            "environment: %s; all of it is in %s"
                                    .formatted(rest, asker.log().getFileName()));
            default ->
                    throw EnvironmentException.ofMachine(
                            "environment: %s was killed while it made it"
                                    .formatted(asker.python()));
        };
    }
}
