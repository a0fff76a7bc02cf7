package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** {@code kubectl} as an administrator of the cluster for tests types it. */
final class Kubectl {

    private static final String VARIABLE = "WINDROW_TEST_KUBECONFIG";
    private static final long LIMIT_SECONDS = 120;

    private final String kubeconfig;
    private final Path folder;

    private Kubectl(String kubeconfig, Path folder) {
        this.kubeconfig = kubeconfig;
        this.folder = folder;
    }

    /**
     * That of the cluster for tests, or the end of the test.
     *
     * @param folder for what is written on the way
     */
    static Kubectl orSkip(Path folder) {
        String file = System.getenv(VARIABLE);
        if (file == null || file.isBlank()) {
            String why =
                    VARIABLE
                            + ": not set (expected: the kubeconfig of a cluster for tests, such as"
                            + " that of ./dev cluster up)";
            // There it would look as if all had passed.
            assertThat(System.getenv("CI")).as(why).isNotEqualTo("true");
            Assumptions.abort(why);
        }
        return new Kubectl(file, folder);
    }

    String kubeconfig() {
        return kubeconfig;
    }

    /** Runs it; gives what it prints, or fails the test. */
    String run(String... words) {
        return run(Path.of("/dev/null"), words);
    }

    /** Applies YAML. */
    void apply(String yaml) {
        try {
            Path file = Files.createTempFile(folder, "apply", ".yml");
            Files.writeString(file, yaml);
            run(file, "apply", "-f", "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(Path in, String... words) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig));
        command.addAll(List.of(words));
        try {
            Path out = Files.createTempFile(folder, "kubectl", ".out");
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectErrorStream(true)
                            .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + command);
            }
            String said = Files.readString(out, StandardCharsets.UTF_8).strip();
            assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
