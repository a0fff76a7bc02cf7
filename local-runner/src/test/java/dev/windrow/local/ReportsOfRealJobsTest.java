package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.JobSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a job's folder after it has ended. */
final class ReportsOfRealJobsTest {

    private static final String ROWS = "sys/job_report/processed_mini-batches.csv";

    @TempDir Path root;

    private static List<String> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    private JobOnThisMachine failing() throws IOException {
        return new JobOnThisMachine(
                root,
                """
                import os
                def run(mini_batch):
                    for name in mini_batch:
                        if name.endswith("07.txt"):
                            raise ValueError("bad " + os.path.basename(name))
                        if name.endswith("12.txt"):
                            os._exit(9)
                    return list(mini_batch)
                """,
                "retry_settings: {max_retries: 1}");
    }

    @Test
    void tellsOfACompletedJobWithFailures() throws IOException {
        JobOnThisMachine job = failing();
        assertThat(job.run().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.read("job_result.txt"))
                .startsWith("small: Completed\n2 of 10 mini-batches failed.")
                .contains("ValueError: bad file07.txt")
                .contains("at     entry.py:5: raise ValueError(")
                .contains("files  file06.txt, file07.txt")
                .contains("trace  user/error/0/process000.txt");
        assertThat(job.read(ROWS).lines())
                .hasSize(13)
                .anyMatch(row -> row.startsWith("3,2,0,process000,") && row.contains("file07.txt"));
        assertThat(job.read("user/error.txt")).contains("2 attempts: ValueError: bad file07.txt");
        assertThat(job.read("sys/node/0/_main.txt"))
                .contains("process000 is ready, process ")
                .contains("process000 ended with exit status 9")
                .contains("agent of instance 0 ends");
        assertThat(job.read("sys/error/0/process000.txt")).contains("mini-batch 6: WorkerDied");
        try (Stream<Path> logs = Files.list(job.folder.logs())) {
            assertThat(logs.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("job_progress_overview\\.[0-9]{10}\\.txt"));
        }
        assertThat(job.notes).noneMatch(note -> note.startsWith("reports"));
    }

    @Test
    void removesSegmentsAndWorkingCopiesOfACompletedJob() throws IOException {
        JobOnThisMachine job = failing();
        job.run();
        assertThat(files(job.folder.segments())).isEmpty();
        assertThat(files(job.folder.root().resolve("instances"))).isEmpty();
        assertThat(files(job.folder.code())).containsExactly("entry.py");
        assertThat(job.output()).exists();
    }

    @Test
    void healsWhatAKillHasLeftWhenACompletedJobIsRunAgain() throws IOException {
        JobOnThisMachine job = failing();
        job.run();
        Files.delete(job.log(ROWS));
        Files.createDirectories(job.folder.segments());
        Files.writeString(job.folder.segments().resolve("e1-i0-w0.rows"), "left");
        assertThat(job.run().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.read(ROWS).lines()).hasSize(13);
        assertThat(job.read("job_result.txt")).startsWith("small: Completed\n2 of 10");
        assertThat(files(job.folder.segments())).isEmpty();
        assertThat(files(job.log("sys"))).contains("master_role.1.txt");
    }

    @Test
    void keepsTheSegmentsOfAFailedJobAndNamesItsPartialOutput() throws IOException {
        JobOnThisMachine job =
                new JobOnThisMachine(
                        root,
                        """
                        def run(mini_batch):
                            if mini_batch[0].endswith("06.txt"):
                                raise KeyError("no such thing")
                            return list(mini_batch)
                        """,
                        "retry_settings: {max_retries: 0}",
                        "mini_batch_error_threshold: 0");
        assertThat(job.run().status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.read("job_result.txt"))
                .startsWith("small: Failed")
                .contains("MINI_BATCH_THRESHOLD_EXCEEDED")
                .contains("KeyError: 'no such thing'")
                .contains("lines.txt.partial-small")
                .contains("windrow resume small");
        assertThat(files(job.folder.segments())).isNotEmpty();
        assertThat(job.output()).doesNotExist();
    }

    @Test
    void tellsWhyAScriptCannotBeLoaded() throws IOException {
        JobOnThisMachine job = new JobOnThisMachine(root, "import nothing_of_this_name\n");
        assertThat(job.run().status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.read("job_result.txt"))
                .contains("SCRIPT_LOAD_FAILED")
                .contains("at     entry.py:1: import nothing_of_this_name")
                .contains("keeps the rest (0)");
        assertThat(job.read("sys/node/0/_main.txt")).contains("process000 cannot load the script");
    }

    @Test
    void tellsThatNothingCameBack() throws IOException {
        JobOnThisMachine job = new JobOnThisMachine(root, "def run(mini_batch):\n    return []\n");
        assertThat(job.run().status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.read("job_result.txt")).contains("NO_RESULT_TO_APPEND");
    }

    @Test
    void tellsOfACanceledJob() throws IOException {
        JobOnThisMachine job =
                new JobOnThisMachine(
                        root,
                        """
                        import time
                        def run(mini_batch):
                            time.sleep(600)
                        """);
        try (JobSession session = job.open()) {
            session.run(
                    new LoopListener() {
                        @Override
                        public void statusChanged(JobStatus status, Instant at) {
                            if (status == JobStatus.RUNNING) {
                                Thread.ofVirtual().start(() -> session.cancel("user"));
                            }
                        }
                    });
        }
        assertThat(job.read("job_result.txt"))
                .startsWith("small: Canceled\n\nWhy\n  CANCELED\n  canceled by user\n");
        assertThat(job.read("sys/node/0/_main.txt")).contains("process000 is killed");
    }

    @Test
    void boundsWhatChildProcessesPrint() throws IOException {
        JobOnThisMachine job =
                new JobOnThisMachine(
                        root,
                        """
                        import subprocess
                        def run(mini_batch):
                            if mini_batch[0].endswith("00.txt"):
                                subprocess.run("echo first; yes | head -c 2000000000; echo last", shell=True)
                            return list(mini_batch)
                        """);
        assertThat(job.run().status()).isEqualTo(JobStatus.COMPLETED);
        Path printed = job.log("sys/node/0/process000.stdout.txt");
        assertThat(Files.size(printed)).isLessThan(17 << 20);
        List<String> lines = new ArrayList<>(Files.readAllLines(printed));
        assertThat(lines.getFirst()).isEqualTo("first");
        assertThat(lines.getLast()).isEqualTo("last");
        assertThat(lines).anyMatch(line -> line.contains("bytes were cut here"));
    }
}
