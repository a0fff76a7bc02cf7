package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in pods of a real cluster, by the commands a user types. */
final class ClusterJobIT {

    private static final String SLOW =
            """
            import time

            def init():
                pass

            def run(mini_batch):
                time.sleep(0.2)
                return [open(name).read().strip() for name in mini_batch]
            """;

    private static final int FILES = 240;

    @TempDir Path folder;
    private ClusterSpace space;

    @BeforeEach
    void attach() throws IOException {
        space = ClusterSpace.orSkip(folder).attached("type: kubernetes\n");
    }

    @AfterEach
    void remove() {
        if (space != null) {
            space.close();
        }
    }

    @Test
    void runsTheExampleInPodsAndLeavesTheNamespaceAsItWas() throws Exception {
        Path example = Windrow.repository().resolve("examples/01-word-count");
        Path here = folder.resolve("counts.txt");
        space.run("run", example.resolve("job.yml").toString(), "--output", "counts=" + here);
        String before = space.objects();

        Finished job =
                space.online(
                        "job",
                        "create",
                        "-f",
                        example.resolve("job.yml").toString(),
                        "--compute",
                        "pods",
                        "-n",
                        "words",
                        "--stream");

        assertThat(job.out()).contains("Completed");
        assertThat(job.err()).contains("Provisioning", "Queued", "Running");
        Path there = space.file("azureml/words/counts/parallel_run_step.txt");
        assertThat(there).hasSameBinaryContentAs(here);
        assertThat(space.online("job", "logs", "words", "sys/node/0/_main.txt").out())
                .contains("agent of instance 0");
        space.awaitObjects(before);
        assertThat(space.file(".windrow")).doesNotExist();
    }

    @Test
    void losesAndDoublesNothingWhateverBecomesOfItsPods() throws Exception {
        Path job =
                ClusterJobs.write(
                        folder.resolve("job"), FILES, SLOW, "resources: {instance_count: 4}\n");
        String before = space.objects();
        space.online("job", "create", "-f", job.toString(), "--compute", "pods", "-n", "slow");
        await("four pods", () -> space.pods("Running").size() == 4);
        await("work begins", () -> counted("succeeded") > 0);

        Set<String> lost = new HashSet<>();
        lose(lost, pod -> space.kubectl("delete", "pod", pod, "--force", "--grace-period=0"));
        lose(lost, ClusterJobIT::killAgent);
        lose(lost, pod -> space.kubectl("delete", "pod", pod, "--wait=false"));
        await("half of it", () -> counted("succeeded") >= FILES / 2);
        space.restartServer();

        Finished end = space.online("job", "stream", "slow");
        assertThat(end.out()).contains("Completed", FILES + " of " + FILES + " ok, 0 failed");
        assertThat(counted("retries")).isZero();
        String rows = Files.readString(space.file("azureml/slow/rows/parallel_run_step.txt"));
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            expected.append("row %d\n".formatted(i));
        }
        assertThat(rows).isEqualTo(expected.toString());
        space.awaitObjects(before);
    }

    private void lose(Set<String> lost, Consumer<String> how) {
        String pod =
                space.pods("Running").stream()
                        .filter(one -> !lost.contains(one))
                        .findFirst()
                        .orElseThrow();
        lost.add(pod);
        how.accept(pod);
        await(
                "another pod in place of " + pod,
                () ->
                        space.pods("Running").stream().filter(one -> !lost.contains(one)).count()
                                == 4);
    }

    /** As the kernel does that runs out of memory; from inside nobody can kill that process. */
    private static void killAgent(String pod) {
        ClusterSpace.agent(pod).destroyForcibly();
    }

    private int counted(String what) {
        return space.job("slow").path("mini_batches").path(what).asInt(0);
    }
}
