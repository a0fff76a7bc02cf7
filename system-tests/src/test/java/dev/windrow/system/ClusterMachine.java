package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** One more machine of the development cluster, which only pods come to that tolerate its taint. */
final class ClusterMachine implements AutoCloseable {

    /** Locked by tests that add machines, and by those that are told how many there are. */
    static final String MACHINES = "machines of the cluster";

    /** For the file of a compute whose pods may come there. */
    static final String TOLERATED =
            """
            type: kubernetes
            tolerations: [{key: windrow.test/node, operator: Exists}]
            """;

    private static final long LIMIT_SECONDS = 120;

    private final String name;
    private final Kubectl kubectl;
    private final Path folder;

    private ClusterMachine(String name, Kubectl kubectl, Path folder) {
        this.name = name;
        this.kubectl = kubectl;
        this.folder = folder;
    }

    /** A fresh one, or the end of the test where nobody can have one. */
    static ClusterMachine orSkip(String name, Kubectl kubectl, Path folder) throws IOException {
        ClusterMachine machine = new ClusterMachine(name, kubectl, folder);
        Path other = Path.of(kubectl.kubeconfig());
        boolean ours =
                machine.dev("kubeconfig")
                        .startsWith(other.toAbsolutePath() + System.lineSeparator());
        Assumptions.assumeTrue(
                ours,
                other + ": not the cluster of ./dev cluster up, whose machines a test may lose");
        // What a test before has left, were it killed.
        machine.dev("node", "down", name);
        assertThat(machine.dev("node", "up", name)).contains("node " + name + " is up");
        return machine;
    }

    String name() {
        return name;
    }

    /** Its power goes. */
    void lose() throws IOException {
        assertThat(dev("node", "lose", name)).contains("node " + name + " is lost");
    }

    /** What an administrator says who has seen that it has no power; its pods are given up then. */
    void declareLost() {
        kubectl.run(
                "taint", "node", name, "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute");
    }

    private String dev(String... words) throws IOException {
        Path out = Files.createTempFile(folder, "dev", ".out");
        String[] command = new String[words.length + 2];
        command[0] = Windrow.repository().resolve("dev").toString();
        command[1] = "cluster";
        System.arraycopy(words, 0, command, 2, words.length);
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectErrorStream(true)
                        .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + String.join(" ", command));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Files.readString(out);
    }

    @Override
    public void close() {
        try {
            dev("node", "down", name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
