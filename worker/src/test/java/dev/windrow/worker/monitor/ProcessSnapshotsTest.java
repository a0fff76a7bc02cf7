package dev.windrow.worker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ran on the machine, without what others pass to their programs. */
final class ProcessSnapshotsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:05:59Z");

    @TempDir Path root;

    private Path proc() {
        return root.resolve("proc");
    }

    private Path lists() {
        return root.resolve("os");
    }

    private void process(int pid, int parent, String name, int memoryKb, String command)
            throws IOException {
        Path folder = Files.createDirectories(proc().resolve(Integer.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                "%d (%s) S %d 1 1 0 -1 0 0 0 0 0 150 50 0 0 20 0 3 0 1000 0 0 0\n"
                        .formatted(pid, name, parent));
        Files.writeString(
                folder.resolve("status"),
                "Name: x\nUid:\t7\t7\t7\t7\nVmRSS:   %d kB\n".formatted(memoryKb));
        Files.writeString(folder.resolve("cmdline"), command);
    }

    private ProcessSnapshots snapshots() {
        return new ProcessSnapshots(proc(), lists(), 50);
    }

    @Test
    void namesOwnProcessesWithTheirArgumentsAndOthersWithout() throws IOException {
        process(1, 0, "init", 4_096, "/sbin/init\0--password=x\0");
        process(50, 1, "java", 2_048, "java\0-cp\0lib\0");
        process(51, 50, "a (odd) name", 1_024, "python3\0worker.py\0");
        process(52, 51, "child", 0, "");
        Files.createDirectories(proc().resolve("53"));
        Files.createDirectories(proc().resolve("sys"));
        snapshots().write(NOON);
        assertThat(lists().resolve("2026030112/processes_05"))
                .hasContent(
                        """
                             PID     PPID    UID STATE THREADS     RSS MB        CPU s  COMMAND
                              50        1      7     S       3        2.0         2.00  java -cp lib
                              51       50      7     S       3        1.0         2.00  python3 worker.py
                              52       51      7     S       3        0.0         2.00  [child]
                               1        0      7     S       3        4.0         2.00  [init]
                        """);
    }

    @Test
    void keepsSoManyListsAndRemovesTheOldest() throws IOException {
        process(50, 1, "java", 1, "java");
        for (int minute = 0; minute < ProcessSnapshots.KEPT_MAX + 61; minute++) {
            snapshots().write(NOON.plus(Duration.ofMinutes(minute)));
        }
        try (var all = Files.walk(lists())) {
            List<Path> kept = all.filter(Files::isRegularFile).sorted().toList();
            assertThat(kept).hasSize(ProcessSnapshots.KEPT_MAX);
            assertThat(kept.getFirst()).endsWith(Path.of("2026030113", "processes_06"));
        }
        assertThat(lists().resolve("2026030112")).doesNotExist();
    }

    @Test
    void boundsTheRowsAndTheirLength() throws IOException {
        process(50, 1, "java", 1, "java " + "x".repeat(100_000));
        for (int pid = 1_000; pid < 1_000 + ProcessSnapshots.ROWS_MAX; pid++) {
            process(pid, 1, "other", 1, "other");
        }
        snapshots().write(NOON);
        Path list = lists().resolve("2026030112/processes_05");
        assertThat(Files.readAllLines(list))
                .hasSize(ProcessSnapshots.ROWS_MAX + 2)
                .endsWith("[1 more]");
        assertThat(Files.size(list)).isLessThan(40_000);
    }
}
