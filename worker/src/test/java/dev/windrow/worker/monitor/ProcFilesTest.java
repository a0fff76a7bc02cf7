package dev.windrow.worker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers come from the places where the kernel writes them. */
final class ProcFilesTest {

    @TempDir Path root;

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ProcFiles machine() throws IOException {
        write("stat", "cpu  100 0 100 700 100 0 0 0 50 0\ncpu0 1 1 1 1\n");
        write("uptime", "50.00 80.00\n");
        write("meminfo", "MemTotal:  4096 kB\nMemFree: 10 kB\nMemAvailable:  1024 kB\n");
        write(
                "diskstats",
                """
                   8  0 sda 10 0 2048 0 20 0 4096 0 0 0 0
                   8  1 sda1 10 0 2048 0 20 0 4096 0 0 0 0
                   7  0 loop0 99 0 99 0 99 0 99 0 0 0 0
                """);
        write(
                "net/dev",
                """
                Inter-|   Receive | Transmit
                 face |bytes    packets
                    lo: 999 1 0 0 0 0 0 0 999 1 0 0 0 0 0 0
                  eth0: 1048576 1 0 0 0 0 0 0 2097152 1 0 0 0 0 0 0
                """);
        write("net/sockstat", "sockets: used 9\nTCP: inuse 3 orphan 0\nUDP: inuse 1 mem 0\n");
        write("net/sockstat6", "TCP6: inuse 2\nUDP6: inuse 0\n");
        write(
                "77/stat",
                "77 (a (odd) name) S 1 77 77 0 -1 0 0 0 0 0 150 50 0 0 20 0 3 0 1000 0 0 0\n");
        write("77/status", "Name: x\nVmRSS:   2048 kB\n");
        write("77/io", "rchar: 1\nsyscr: 5\nsyscw: 6\nread_bytes: 1048576\nwrite_bytes: 0\n");
        return new ProcFiles(root);
    }

    @Test
    void readsTheMachine() throws IOException {
        ProcFiles proc = machine();
        assertThat(proc.available()).isTrue();
        assertThat(proc.cpu()).isEqualTo(new ProcFiles.Cpu(2, 10));
        assertThat(proc.memory()).isEqualTo(new ProcFiles.Memory(4096, 1024));
        assertThat(proc.disk()).isEqualTo(new ProcFiles.Disk(10, 20, 1 << 20, 2 << 20));
        assertThat(proc.network()).isEqualTo(new ProcFiles.Network(2 << 20, 1 << 20, 5, 1));
    }

    @Test
    void readsAProcessWhateverItsName() throws IOException {
        assertThat(machine().process(77))
                .contains(
                        new ProcFiles.Usage(
                                1.5, 0.5, 2048, 3, 10, new ProcFiles.Disk(5, 6, 1 << 20, 0)));
        assertThat(machine().process(78)).isEmpty();
    }

    @Test
    void writesTablesWithAzuresColumns() throws IOException {
        Path tables = root.resolve("perf");
        ResourceLog log = new ResourceLog(machine(), tables, List.of(root));
        log.sampleAll(Instant.parse("2026-03-01T12:00:00Z"), Map.of("process000", 77L));
        assertThat(tables.resolve("node_resource_usage.csv"))
                .content()
                .endsWith(
                        "UDP Connections\n2026-03-01T12:00:00.000000,20.00,4.00,1.00,3.00,75.00,"
                                + "10,20,1.00,2.00,2.00,1.00,5,1\n");
        assertThat(tables.resolve("processes_resource_usage.csv"))
                .content()
                .endsWith(
                        "Threads\n2026-03-01T12:00:00.000000,process000,77,5.00,1.50,0.50,2.00,"
                                + "50.00,5,6,1.00,0.00,3\n");
        assertThat(tables.resolve("node_disk_usage.csv")).content().startsWith("Time,Path,");
    }

    @Test
    void isNotAvailableWhereThereIsNoSuchFolder() {
        assertThat(new ProcFiles(root.resolve("none")).available()).isFalse();
    }
}
