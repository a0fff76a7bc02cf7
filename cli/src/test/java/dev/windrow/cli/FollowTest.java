package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.cli.Command.Ended;
import dev.windrow.cli.Command.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking on while another process runs a job. */
final class FollowTest {

    private static final String LOG = "user/stdout/0/process000.stdout.txt";

    /** Prints a line, and another once a file is gone. */
    private static final String HELD =
            """
            import os, time
            here = os.environ["HERE"]
            def run(mini_batch):
                print("begun")
                while os.path.exists(here + "/hold"):
                    time.sleep(0.01)
                print("ended")
                return [1]
            """;

    @TempDir Path folder;

    private Command windrow;
    private Started run;

    @BeforeEach
    void startJob() throws IOException {
        windrow = new Command(folder).with("HERE", folder.toString());
        Files.createFile(folder.resolve("hold"));
        Example.of(folder, 1, HELD);
        // One worker, so that it is this one's log the lines are in.
        run =
                windrow.start(
                        "run",
                        "job.yml",
                        "-n",
                        "held",
                        "--set",
                        "display_name=Held back",
                        "--set",
                        "max_concurrency_per_instance=1");
        await("the job runs", () -> Files.exists(log()));
    }

    private Path log() {
        return windrow.home().resolve("jobs/held/logs").resolve(LOG);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("waiting: " + what).isBefore(limit);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Started follow(String... words) throws IOException {
        Started follow = windrow.start(words);
        await("a first line", () -> !Files.readString(follow.out()).isEmpty());
        return follow;
    }

    @Test
    void printsWhatIsThereAndWhatIsAddedUntilTheJobIsAtItsEnd() throws Exception {
        Started follow = follow("logs", "held", LOG, "--follow");
        Started progress = follow("logs", "held", "-f");
        Started result = windrow.start("logs", "held", "job_result.txt", "-f");
        assertThat(follow.process().isAlive()).isTrue();
        Files.delete(folder.resolve("hold"));
        assertThat(run.end().exit()).isZero();
        Ended ended = follow.end();
        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.out()).isEqualTo("begun\nended\n");
        assertThat(progress.end().exit()).isZero();
        assertThat(result.end().out()).contains("Completed");
        Ended later = windrow.run("logs", "held", LOG, "-f");
        assertThat(later.out()).isEqualTo("begun\nended\n");
        Ended missing = windrow.run("logs", "held", "no.txt", "-f");
        assertThat(missing.exit()).isEqualTo(3);
        assertThat(missing.err()).contains("log: no.txt (expected: ");
        assertThat(windrow.run("logs", "held", "../job.yml", "-f").exit()).isEqualTo(3);
    }

    @Test
    void ctrlCEndsTheLookingOnAndNotTheJob() throws Exception {
        Started follow = follow("logs", "held", LOG, "-f");
        follow.signal("INT");
        assertThat(follow.end().exit()).isEqualTo(130);
        assertThat(run.process().isAlive()).isTrue();
        Ended list = windrow.run("list", "--json");
        assertThat(list.out())
                .startsWith(
                        "[{\"name\":\"held\",\"display_name\":\"Held back\",\"status\":\"Running\","
                                + "\"submitted_at\":\"20")
                .endsWith(
                        "Z\",\"ended_at\":null,\"seconds\":null,\"run_by\":%d}]\n"
                                .formatted(run.process().pid()));
        Files.delete(folder.resolve("hold"));
        assertThat(run.end().exit()).isZero();
        assertThat(windrow.run("list", "--json").out())
                .contains("\"status\":\"Completed\"", "\"run_by\":null}]")
                .containsPattern("\"ended_at\":\"20[^\"]+Z\",\"seconds\":[0-9]+\\.[0-9]{3},");
        Ended none = windrow.with("WINDROW_HOME", folder + "/none").run("list", "--json");
        assertThat(none.out()).isEqualTo("[]\n");
    }
}
