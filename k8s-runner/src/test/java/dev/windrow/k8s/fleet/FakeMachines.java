package dev.windrow.k8s.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Machines of the development cluster that only say that they run pods. */
final class FakeMachines implements AutoCloseable {

    /** What makes them may have to be built before, once. */
    private static final long LIMIT_MINUTES = 15;

    private final Path folder;

    /**
     * Makes them, or ends the test where nobody can.
     *
     * @param folder for what is written on the way
     */
    FakeMachines(int number, Path folder) throws IOException {
        this.folder = folder;
        Path asked = Path.of(Objects.requireNonNull(System.getenv("WINDROW_TEST_KUBECONFIG")));
        Assumptions.assumeTrue(
                asked.toAbsolutePath().toString().equals(dev("kubeconfig").strip()),
                asked + ": not the cluster of ./dev cluster up, which can have fake machines");
        assertThat(dev("fake", "up", Integer.toString(number)))
                .contains(number + " fake nodes are up");
    }

    private String dev(String... words) throws IOException {
        Path out = Files.createTempFile(folder, "dev", ".out");
        String[] command = new String[words.length + 2];
        command[0] = Path.of("").toAbsolutePath().resolveSibling("dev").toString();
        command[1] = "cluster";
        System.arraycopy(words, 0, command, 2, words.length);
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectErrorStream(true)
                        .start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + String.join(" ", command));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Files.readString(out);
    }

    @Override
    public void close() throws IOException {
        dev("fake", "down");
    }
}
