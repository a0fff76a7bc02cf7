package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A machine of a real cluster that loses its power while a job is on it. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ClusterMachine.MACHINES)
final class NodeLossIT {

    /** The second half of the work goes on when the test says so. */
    private static final String HALF =
            """
            import os
            import time
            import urllib.request

            def init():
                pass

            def run(mini_batch):
                time.sleep(0.1)
                if os.path.basename(mini_batch[0]) >= "00050":
                    urllib.request.urlopen(os.environ["GATE"]).read()
                return [open(name).read().strip() for name in mini_batch]
            """;

    private static final int FILES = 100;

    @TempDir Path folder;
    private ClusterMachine machine;
    private ClusterSpace space;
    private Gate gate;

    @BeforeEach
    void attach() throws IOException {
        machine = ClusterMachine.orSkip("two", Kubectl.orSkip(folder), folder);
        space = ClusterSpace.orSkip(folder).attached(ClusterMachine.TOLERATED);
        gate = new Gate(space.host());
    }

    @AfterEach
    void remove() {
        if (gate != null) {
            gate.close();
        }
        if (space != null) {
            space.close();
        }
        if (machine != null) {
            machine.close();
        }
    }

    @Test
    void goesOnWithWhatIsLeftAndLosesAndDoublesNothing() throws Exception {
        Path job =
                ClusterJobs.write(
                        folder.resolve("job"), FILES, HALF, "resources: {instance_count: 4}\n");
        String before = space.objects();
        space.online(
                "job",
                "create",
                "-f",
                job.toString(),
                "--compute",
                "pods",
                "-n",
                "slow",
                "--set",
                "retry_settings.timeout=600",
                "--set",
                "environment_variables.GATE=" + gate.url());
        await("four pods", () -> space.pods("Running").size() == 4);
        List<String> there = podsThere();
        assertThat(there).isNotEmpty();
        await("half of it", () -> counted("succeeded") >= FILES / 2);

        machine.lose();

        await("four pods elsewhere", () -> running(podsElsewhere()) == 4);
        // Kubernetes itself waits for five minutes before it gives up the pods of such a machine.
        assertThat(podsThere()).isEqualTo(there);
        gate.open();

        Finished end = space.online("job", "stream", "slow");
        assertThat(end.out()).contains("Completed", FILES + " of " + FILES + " ok, 0 failed");
        assertThat(end.err())
                .contains(
                        "pod %s of instance ".formatted(there.getFirst()),
                        ": its machine two is not heard of any more");
        assertThat(counted("retries")).isZero();
        assertThat(Files.readString(space.file("azureml/slow/rows/parallel_run_step.txt")))
                .isEqualTo(rows());

        await("only what nobody can end is left", () -> podsElsewhere().isEmpty());
        machine.declareLost();
        space.awaitObjects(before);
    }

    private static String rows() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            expected.append("row %d\n".formatted(i));
        }
        return expected.toString();
    }

    private List<String> podsThere() {
        return pods("spec.nodeName=" + machine.name());
    }

    private List<String> podsElsewhere() {
        return pods("spec.nodeName!=" + machine.name());
    }

    private List<String> pods(String where) {
        return space.kubectl("get", "pods", "-o", "name", "--field-selector", where)
                .lines()
                .filter(line -> line.startsWith("pod/"))
                .map(line -> line.substring("pod/".length()))
                .sorted()
                .toList();
    }

    private long running(List<String> pods) {
        return space.pods("Running").stream().filter(pods::contains).count();
    }

    private int counted(String what) {
        return space.job("slow").path("mini_batches").path(what).asInt(0);
    }
}
