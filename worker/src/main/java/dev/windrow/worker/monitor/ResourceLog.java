package dev.windrow.worker.monitor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Samples of what the instance and its processes use, as tables with Azure's columns. A share of
 * CPU is that since the sample before; that of the first sample is since the start of the machine
 * or of the process. Workers are also sampled when they are ready and when they are to end, so that
 * short jobs have rows of them.
 */
final class ResourceLog {

    private static final double MB = 1 << 20;
    private static final double KB_OF_MB = 1024;
    private static final int WAITING_MAX = 1_024;
    private static final String IO = "Disk Read Count,Disk Write Count,Disk Read MB,Disk Write MB";

    private final ProcFiles proc;
    private final List<Path> watchedFolders;
    private final ResourceTable nodes;
    private final ResourceTable disks;
    private final ResourceTable processes;
    private final Map<Long, Used> before = new HashMap<>();
    private final ArrayBlockingQueue<Sample> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private ProcFiles.@Nullable Cpu cpuBefore;

    private record Used(double uptime, double cpuSeconds) {}

    private record Sample(Instant at, String name, long pid, ProcFiles.Usage process) {}

    ResourceLog(ProcFiles proc, Path folder, List<Path> watchedFolders) {
        this.proc = proc;
        this.watchedFolders = watchedFolders;
        nodes =
                new ResourceTable(
                        folder.resolve("node_resource_usage.csv"),
                        "Time,CPU %,Memory Total MB,Memory Available MB,Memory Used MB,"
                                + "Memory Used %,"
                                + IO
                                + ",Network Sent MB,Network Received MB,"
                                + "TCP Connections,UDP Connections");
        disks =
                new ResourceTable(
                        folder.resolve("node_disk_usage.csv"),
                        "Time,Path,Total MB,Used MB,Available MB,Used %");
        processes =
                new ResourceTable(
                        folder.resolve("processes_resource_usage.csv"),
                        "Time,Name,Process Id,CPU %,CPU User Seconds,CPU System Seconds,"
                                + "Memory Used MB,Memory Used %,"
                                + IO
                                + ",Threads");
    }

    /** Samples one process now; by any thread. The row is made later. */
    void sample(Instant at, String name, long pid) {
        Optional<ProcFiles.Usage> process = proc.process(pid);
        // A full queue costs rows of a table, nothing else.
        process.ifPresent(one -> waiting.offer(new Sample(at, name, pid, one)));
    }

    /** Samples the machine, its disks and all processes. By one thread. */
    void sampleAll(Instant at, Map<String, Long> pids) throws IOException {
        node(at);
        disks(at);
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("manager", ProcessHandle.current().pid());
        all.putAll(pids);
        before.keySet().retainAll(all.values());
        all.forEach((name, pid) -> sample(at, name, pid));
        write();
    }

    private void node(Instant at) throws IOException {
        ProcFiles.Cpu cpu = proc.cpu();
        ProcFiles.Cpu former = cpuBefore;
        double all = cpu.all() - (former == null ? 0 : former.all());
        double busy = cpu.busy() - (former == null ? 0 : former.busy());
        cpuBefore = cpu;
        ProcFiles.Memory memory = proc.memory();
        long used = memory.totalKb() - memory.availableKb();
        ProcFiles.Disk disk = proc.disk();
        ProcFiles.Network network = proc.network();
        nodes.add(
                at,
                share(busy, all),
                memory.totalKb() / KB_OF_MB,
                memory.availableKb() / KB_OF_MB,
                used / KB_OF_MB,
                share((double) used, (double) memory.totalKb()),
                disk.reads(),
                disk.writes(),
                disk.readBytes() / MB,
                disk.writtenBytes() / MB,
                network.sentBytes() / MB,
                network.receivedBytes() / MB,
                network.tcp(),
                network.udp());
    }

    private void disks(Instant at) throws IOException {
        for (Path folder : watchedFolders) {
            FileStore store = Files.getFileStore(folder);
            double total = store.getTotalSpace() / MB;
            double used = (store.getTotalSpace() - store.getUnallocatedSpace()) / MB;
            disks.add(
                    at,
                    '"' + folder.toString().replace("\"", "\"\"") + '"',
                    total,
                    used,
                    store.getUsableSpace() / MB,
                    share(used, total));
        }
    }

    /** Writes what was sampled. By one thread. */
    void write() throws IOException {
        if (!waiting.isEmpty()) {
            double total = proc.memory().totalKb();
            double uptime = proc.uptimeSeconds();
            for (Sample one = waiting.poll(); one != null; one = waiting.poll()) {
                add(one, uptime, total);
            }
        }
        nodes.write();
        disks.write();
        processes.write();
    }

    private void add(Sample sample, double uptime, double memoryKb) {
        ProcFiles.Usage now = sample.process();
        double cpu = now.userSeconds() + now.systemSeconds();
        Used former = before.getOrDefault(sample.pid(), new Used(now.startedSeconds(), 0));
        before.put(sample.pid(), new Used(uptime, cpu));
        processes.add(
                sample.at(),
                sample.name(),
                sample.pid(),
                share(cpu - former.cpuSeconds(), uptime - former.uptime()),
                now.userSeconds(),
                now.systemSeconds(),
                now.memoryKb() / KB_OF_MB,
                share((double) now.memoryKb(), memoryKb),
                now.disk().reads(),
                now.disk().writes(),
                now.disk().readBytes() / MB,
                now.disk().writtenBytes() / MB,
                now.threads());
    }

    private static double share(double part, double whole) {
        return whole <= 0 ? 0 : 100 * part / whole;
    }
}
