package dev.windrow.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The user's own kubectl with one context of theirs. What it prints stays in memory, as a token may
 * be in it.
 */
final class Kubectl {

    private static final String NAME = "kubectl";
    private static final long LONGEST_SECONDS = 30;
    private static final int BYTES_MOST = 1 << 20;

    private final Shell shell;
    private final Path program;
    private final String context;

    private Kubectl(Shell shell, Path program, String context) {
        this.shell = shell;
        this.program = program;
        this.context = context;
    }

    /** What it said, and how it ended. */
    record Said(boolean well, String out, String err) {}

    /** Finds it; without it the message says which options do without. */
    static Kubectl find(Shell shell, String context) {
        Optional<Path> found =
                Arrays.stream(shell.variable("PATH").orElse("").split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, NAME))
                        .filter(Files::isExecutable)
                        .findFirst();
        return new Kubectl(
                shell,
                found.orElseThrow(() ->
                        new UsageException(
                                "--context: %s (expected: kubectl on the PATH, which reads it; without it: --api-server URL --token-file FILE --ca-file FILE)"
                                        .formatted(context))),
                context);
    }

    /** The command for people, with the same context. */
    String told(String words) {
        return "%s --context %s %s".formatted(NAME, context, words);
    }

    /** Runs it and waits for its end. */
    Said run(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(program.toString(), "--context", context, "--request-timeout=15s"));
        command.addAll(List.of(words));
        Path complaints = Files.createTempFile("windrow-kubectl.", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                            .redirectError(complaints.toFile());
            builder.environment().clear();
            builder.environment().putAll(shell.environment());
            Process process = builder.start();
            byte[] out = process.getInputStream().readNBytes(BYTES_MOST);
            boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return new Said(
                    ended && process.exitValue() == 0,
                    new String(out, StandardCharsets.UTF_8),
                    Files.readString(complaints).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("kubectl was broken off", e);
        } finally {
            Files.deleteIfExists(complaints);
        }
    }
}
