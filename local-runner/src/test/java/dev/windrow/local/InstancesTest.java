package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.JobSession;
import dev.windrow.worker.remote.AgentCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class InstancesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void twoInstancesOfTwoWorkersEndAJobWithExactOutput(@TempDir Path folder) throws IOException {
        TestJob job = TestJob.create(folder, 400);
        job.go();

        JobProgress end = job.run(2);

        assertThat(end.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(end.counts().succeededMiniBatches()).isEqualTo(200);
        assertThat(job.output()).isEqualTo(job.expectedOutput());
        assertThat(job.marked("held")).hasSize(4);
        assertThat(new HashSet<>(job.marked("held").values()))
                .hasSize(2)
                .doesNotContain(ProcessHandle.current().pid());
        assertThat(pids(job)).noneMatch(Processes::isAlive);
    }

    @Test
    void aKilledAgentIsReplacedAtNoCostOfTheUsers(@TempDir Path folder) throws Exception {
        TestJob job = TestJob.create(folder, 400);
        Notes notes = new Notes();
        CompletableFuture<JobProgress> run = start(job, notes, _ -> {});
        Waiting.until("all hold work", SOON, () -> job.marked("held").size() == 4);
        long killed = job.marked("held").values().iterator().next();

        Processes.kill(killed);
        Waiting.until("a new one", SOON, () -> job.marked("held").size() == 6);
        job.go();
        JobProgress end = run.get();

        assertThat(end.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(end.counts().retries()).isZero();
        assertThat(end.counts().attempts()).isEqualTo(200);
        assertThat(job.output()).isEqualTo(job.expectedOutput());
        assertThat(notes.texts).anyMatch(text -> text.contains("was killed by signal 9"));
        assertThat(workerLogs(job, "2")).isNotEmpty();
        Processes.awaitGone(pids(job), Duration.ofSeconds(2));
    }

    @Test
    void nothingOutlivesAKilledEngineAndTheNextOneEndsTheJob(@TempDir Path folder)
            throws Exception {
        TestJob job = TestJob.create(folder, 400);
        Path log = folder.resolve("engine.log");
        Process engine = Processes.java(log, RunMain.class, List.of(folder.toString(), "400", "2"));
        Waiting.until("all hold work", SOON, () -> job.marked("held").size() == 4);

        engine.destroyForcibly();
        Processes.awaitGone(pids(job), Duration.ofSeconds(2));
        job.go();
        JobProgress end = job.run(2);

        assertThat(end.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(end.counts().succeededMiniBatches()).isEqualTo(200);
        assertThat(job.output()).isEqualTo(job.expectedOutput());
    }

    @Test
    void anInterruptOfTheTerminalDoesNotEndAnAgent(@TempDir Path folder) throws Exception {
        TestJob job = TestJob.create(folder, 40);
        CompletableFuture<JobProgress> run = start(job, new Notes(), _ -> {});
        Waiting.until("all hold work", SOON, () -> job.marked("held").size() == 4);

        for (long agent : new HashSet<>(job.marked("held").values())) {
            new ProcessBuilder("kill", "-INT", Long.toString(agent)).start().waitFor();
        }
        job.go();

        assertThat(run.get().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.output()).isEqualTo(job.expectedOutput());
        assertThat(job.marked("held")).hasSize(4);
    }

    @Test
    void anAgentThatCannotBeginEndsTheJobAndSaysWhy(@TempDir Path folder) throws IOException {
        TestJob job = TestJob.create(folder, 8);
        System.setProperty(AgentCommand.OPTIONS, "-XX:NoSuchOption");
        try {
            JobProgress end = job.run(2);

            assertThat(end.status()).isEqualTo(JobStatus.FAILED);
            assertThat(end.reason())
                    .get()
                    .satisfies(why -> assertThat(why.message()).contains("exit status 1"));
        } finally {
            System.clearProperty(AgentCommand.OPTIONS);
        }
    }

    @Test
    void eachInstanceStopsStartingWorkersAfterThreeFailuresOfInitPerWorker(@TempDir Path folder)
            throws Exception {
        TestJob job = TestJob.create(folder, 8);
        job.script("def init():\n    raise ValueError('no model')\n\ndef run(b):\n    return b\n");
        AtomicReference<JobSession> session = new AtomicReference<>();
        Notes notes = new Notes();
        CompletableFuture<JobProgress> run = start(job, notes, session::set);
        Waiting.until("12 failures", SOON, () -> notes.count("init_failed") >= 12);

        session.get().cancel("a test");
        JobProgress end = run.get();

        assertThat(end.status()).isEqualTo(JobStatus.CANCELED);
        assertThat(notes.count("init_failed")).isEqualTo(12);
        for (String instance : List.of("0", "1")) {
            assertThat(notes.texts)
                    .filteredOn(text -> text.contains("of instance " + instance))
                    .hasSize(6);
            assertThat(workerLogs(job, instance)).hasSize(6);
        }
    }

    private static List<Path> workerLogs(TestJob job, String instance) throws IOException {
        Path folder = job.jobFolder().resolve("logs").resolve("sys").resolve("node");
        List<Path> logs = new ArrayList<>();
        try (var files =
                Files.newDirectoryStream(folder.resolve(instance), "process*.stderr.txt")) {
            files.forEach(logs::add);
        }
        return logs;
    }

    private static Set<Long> pids(TestJob job) {
        Set<Long> pids = new HashSet<>(job.marked("worker").keySet());
        pids.addAll(job.marked("worker").values());
        return pids;
    }

    private static CompletableFuture<JobProgress> start(
            TestJob job, Notes notes, Consumer<JobSession> opened) {
        CompletableFuture<JobProgress> end = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        end.complete(job.run(2, notes, opened));
                    } catch (IOException | RuntimeException e) {
                        end.completeExceptionally(e);
                    }
                });
        return end;
    }

    /** What the loop has noted. */
    private static final class Notes implements LoopListener {
        private final Queue<String> kinds = new ConcurrentLinkedQueue<>();
        private final Queue<String> texts = new ConcurrentLinkedQueue<>();

        @Override
        public void noted(String kind, String text, Instant at) {
            kinds.add(kind);
            texts.add(text);
        }

        long count(String kind) {
            return kinds.stream().filter(kind::equals).count();
        }
    }
}
