package dev.windrow.worker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.Problem;
import dev.windrow.worker.core.Work;
import dev.windrow.worker.core.WorkerEvent;
import dev.windrow.worker.core.WorkerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instance's own log, and what is cleared up beside it. */
final class InstanceMonitorTest {

    private static final InstantSource NOON =
            InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    @TempDir Path logs;

    private final Orders orders = new Orders();

    /** Keeps what it is told. */
    private static final class Orders implements WorkerPort {
        private final List<String> given = new ArrayList<>();

        @Override
        public void start(int worker, int slot) {
            given.add("start " + worker + " " + slot);
        }

        @Override
        public void send(int worker, Work work) {
            given.add("send " + worker);
        }

        @Override
        public void push() {
            given.add("push");
        }

        @Override
        public void shutdown(int worker) {
            given.add("shutdown " + worker);
        }

        @Override
        public void kill(int worker, boolean dumpStack) {
            given.add("kill " + worker + " " + dumpStack);
        }
    }

    private InstanceMonitor monitor(Duration interval) {
        return monitor(interval, NOON);
    }

    private InstanceMonitor monitor(Duration interval, InstantSource clock) {
        return new InstanceMonitor(
                new MonitorSettings(interval, 4_096),
                logs,
                2,
                () -> Map.of(0, ProcessHandle.current().pid()),
                Thread::new,
                clock);
    }

    private Path node(String name) {
        return logs.resolve("sys/node/2").resolve(name);
    }

    @Test
    void writesStartsEndsAndKillsOfWorkers() throws IOException {
        try (InstanceMonitor monitor = monitor(Duration.ZERO)) {
            WorkerPort port = monitor.around(orders);
            monitor.start();
            port.start(0, 1);
            monitor.saw(List.of(new WorkerEvent.Ready(0)));
            port.push();
            port.kill(0, true);
            monitor.saw(List.of(new WorkerEvent.Exited(0, "was killed by signal 9")));
            port.start(1, 1);
            Problem problem = new Problem("ImportError", "no\nmodule", "", "");
            monitor.saw(List.of(new WorkerEvent.LoadFailed(1, problem)));
            port.shutdown(1);
            port.kill(1, false);
        }
        long pid = ProcessHandle.current().pid();
        assertThat(Files.readString(node("_main.txt")).replace("2026-03-01 12:00:00.000  ", ""))
                .isEqualTo(
                        """
                        agent of instance 2 starts, process %1$d
                        process000 starts, in place 1
                        process000 is ready, process %1$d
                        process000 is over its time and is killed; where it was: process000.stack.txt
                        process000 was killed by signal 9
                        process001 starts, in place 1
                        process001 cannot load the script: ImportError: no
                        process001 is asked to call shutdown() and end
                        process001 is killed
                        agent of instance 2 ends
                        """
                                .formatted(pid));
        assertThat(orders.given)
                .containsExactly(
                        "start 0 1",
                        "push",
                        "kill 0 true",
                        "start 1 1",
                        "shutdown 1",
                        "kill 1 false");
        assertThat(logs.resolve("sys/perf")).doesNotExist();
    }

    @Test
    void cutsAndJoinsTheOutputOfAWorkerThatHasEnded() throws IOException {
        Files.createDirectories(node(""));
        Files.createDirectories(logs.resolve("user/stdout/2"));
        Files.writeString(node("process000.stdout.txt"), "x".repeat(100_000));
        Files.writeString(node("process000.stack.txt"), "");
        Path printed = logs.resolve("user/stdout/2/process000.stdout.txt");
        Files.writeString(printed, "head ");
        Files.writeString(printed.resolveSibling("process000.stdout.txt.tail1"), "tail");
        try (InstanceMonitor monitor = monitor(Duration.ZERO)) {
            WorkerPort port = monitor.around(orders);
            monitor.start();
            port.start(0, 0);
            monitor.saw(List.of(new WorkerEvent.Exited(0, "ended with exit status 0")));
        }
        assertThat(Files.size(node("process000.stdout.txt"))).isLessThan(4_200);
        assertThat(node("process000.stdout.txt"))
                .content()
                .contains("96928 bytes were cut here; the limit is 4096 bytes]");
        assertThat(node("process000.stack.txt")).doesNotExist();
        assertThat(printed).hasContent("head tail");
    }

    @Test
    void joinsWhatAnAgentThatWasKilledHasLeft() throws IOException {
        Files.createDirectories(node(""));
        Files.writeString(node("process003.stderr.txt"), "head ");
        Files.writeString(node("process003.stderr.txt.tail"), "tail");
        try (InstanceMonitor monitor = monitor(Duration.ZERO)) {
            monitor.start();
        }
        assertThat(node("process003.stderr.txt")).hasContent("head tail");
    }

    @Test
    void samplesAtTheStartAndAtTheEnd() throws IOException {
        try (InstanceMonitor monitor = monitor(Duration.ofHours(1))) {
            monitor.around(orders).start(0, 0);
            monitor.start();
        }
        Path table = logs.resolve("sys/perf/2/node_resource_usage.csv");
        if (Files.exists(Path.of("/proc/stat"))) {
            assertThat(Files.readAllLines(table)).hasSize(3);
        } else {
            assertThat(node("_main.txt")).content().contains("has no /proc");
        }
    }

    @Test
    void listsProcessesOnceItHasRunAWhile() throws Exception {
        if (!Files.exists(Path.of("/proc/stat"))) {
            return;
        }
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch late = new CountDownLatch(3);
        InstantSource hasty =
                () -> {
                    late.countDown();
                    return NOON.instant().plusSeconds(6L * looks.getAndIncrement());
                };
        try (InstanceMonitor monitor = monitor(Duration.ofHours(1), hasty)) {
            monitor.start();
            late.await();
        }
        Path list = logs.resolve("sys/perf/2/os/2026030112/processes_00");
        assertThat(Files.readAllLines(list))
                .anySatisfy(line ->
                        assertThat(line.strip())
                                .startsWith(ProcessHandle.current().pid() + " ")
                                .contains("java"));
    }

    @Test
    void endsThoughItsFolderCannotBeMade() throws IOException {
        Files.writeString(logs.resolve("sys"), "in the way");
        try (InstanceMonitor monitor = monitor(Duration.ofHours(1))) {
            monitor.around(orders).start(0, 0);
            monitor.start();
            monitor.saw(List.of(new WorkerEvent.Exited(0, "ended with exit status 0")));
        }
        assertThat(logs.resolve("sys")).hasContent("in the way");
    }
}
