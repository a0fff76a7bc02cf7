package dev.windrow.worker.monitor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What Linux says about the machine and its processes under {@code /proc}. */
final class ProcFiles {

    /** The unit of CPU times; the kernel shows it to programs as this on every platform. */
    private static final double TICKS = 100;

    private static final long SECTOR = 512;
    private static final int STATE = 0;

    static final Path ROOT = Path.of("/proc");

    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    static ProcFiles system() {
        return new ProcFiles(ROOT);
    }

    boolean available() {
        return Files.isReadable(root.resolve("stat"));
    }

    /** Seconds of all CPUs since the machine started. */
    record Cpu(double busy, double all) {}

    record Memory(long totalKb, long availableKb) {}

    /** Reads and writes since the machine, or the process, started. */
    record Disk(long reads, long writes, long readBytes, long writtenBytes) {}

    record Network(long sentBytes, long receivedBytes, long tcp, long udp) {}

    /**
     * @param memoryKb resident
     * @param startedSeconds after the start of the machine
     */
    record Usage(
            double userSeconds,
            double systemSeconds,
            long memoryKb,
            int threads,
            double startedSeconds,
            Disk disk) {}

    Cpu cpu() throws IOException {
        String[] parts = lines("stat").getFirst().trim().split(" +");
        double all = 0;
        for (int i = 1; i < Math.min(parts.length, 9); i++) {
            all += Long.parseLong(parts[i]) / TICKS;
        }
        double idle = (Long.parseLong(parts[4]) + Long.parseLong(parts[5])) / TICKS;
        return new Cpu(all - idle, all);
    }

    double uptimeSeconds() throws IOException {
        return Double.parseDouble(lines("uptime").getFirst().split(" ")[0]);
    }

    Memory memory() throws IOException {
        long total = 0;
        long available = 0;
        for (String line : lines("meminfo")) {
            if (line.startsWith("MemTotal:")) {
                total = firstNumber(line);
            } else if (line.startsWith("MemAvailable:")) {
                available = firstNumber(line);
            }
        }
        return new Memory(total, available);
    }

    /** Of whole disks; parts of them, and disks in memory, would count twice. */
    Disk disk() throws IOException {
        long reads = 0;
        long writes = 0;
        long read = 0;
        long written = 0;
        for (String line : lines("diskstats")) {
            String[] parts = line.trim().split(" +");
            if (parts.length > 9
                    && parts[2].matches("[svx]+d[a-z]+|nvme[0-9]+n[0-9]+|mmcblk[0-9]+")) {
                reads += Long.parseLong(parts[3]);
                read += Long.parseLong(parts[5]) * SECTOR;
                writes += Long.parseLong(parts[7]);
                written += Long.parseLong(parts[9]) * SECTOR;
            }
        }
        return new Disk(reads, writes, read, written);
    }

    Network network() throws IOException {
        long received = 0;
        long sent = 0;
        for (String line : lines("net/dev")) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.substring(0, colon).trim().equals("lo")) {
                String[] parts = line.substring(colon + 1).trim().split(" +");
                received += Long.parseLong(parts[0]);
                sent += Long.parseLong(parts[8]);
            }
        }
        return new Network(sent, received, inUse("TCP:"), inUse("UDP:"));
    }

    private long inUse(String kind) throws IOException {
        long sum = 0;
        for (String file : List.of("net/sockstat", "net/sockstat6")) {
            if (!Files.exists(root.resolve(file))) {
                continue;
            }
            for (String line : lines(file)) {
                if (line.startsWith(kind) || line.startsWith(kind.replace(":", "6:"))) {
                    sum += firstNumber(line);
                }
            }
        }
        return sum;
    }

    /** A process; empty when it is gone, or belongs to somebody else. */
    Optional<Usage> process(long pid) {
        try {
            Path folder = root.resolve(Long.toString(pid));
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] parts = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
            if (parts[STATE].equals("Z")) {
                return Optional.empty();
            }
            return Optional.of(
                    new Usage(
                            Long.parseLong(parts[11]) / TICKS,
                            Long.parseLong(parts[12]) / TICKS,
                            memoryOf(folder),
                            Integer.parseInt(parts[17]),
                            Long.parseLong(parts[19]) / TICKS,
                            diskOf(folder)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static long memoryOf(Path folder) throws IOException {
        for (String line :
                Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("VmRSS:")) {
                return firstNumber(line);
            }
        }
        return 0;
    }

    private static Disk diskOf(Path folder) throws IOException {
        long[] numbers = new long[4];
        List<String> names = List.of("syscr:", "syscw:", "read_bytes:", "write_bytes:");
        for (String line : Files.readAllLines(folder.resolve("io"), StandardCharsets.ISO_8859_1)) {
            int at = names.indexOf(line.substring(0, line.indexOf(' ')));
            if (at >= 0) {
                numbers[at] = firstNumber(line);
            }
        }
        return new Disk(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(root.resolve(file), StandardCharsets.ISO_8859_1);
    }

    private static long firstNumber(String line) {
        int from = 0;
        // Past the name, which may hold digits too.
        while (from < line.length() && line.charAt(from) != ':') {
            from++;
        }
        while (from < line.length() && !Character.isDigit(line.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < line.length() && Character.isDigit(line.charAt(to))) {
            to++;
        }
        return from == to ? 0 : Long.parseLong(line.substring(from, to));
    }
}
