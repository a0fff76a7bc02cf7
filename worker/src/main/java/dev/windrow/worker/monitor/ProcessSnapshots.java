package dev.windrow.worker.monitor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists of the machine's processes, {@code os/<yyyymmddhh>/processes_<MM>} by UTC. The job's own
 * come first and with their arguments; those of others may hold secrets, so only their names are
 * kept. Bounded in rows, and in the number of lists that are kept.
 */
final class ProcessSnapshots {

    static final int KEPT_MAX = 240;
    static final int ROWS_MAX = 300;

    private static final int COMMAND_MAX = 200;
    private static final double TICKS = 100;
    private static final double KB_OF_MB = 1024;
    private static final DateTimeFormatter HOUR = format("uuuuMMddHH");
    private static final DateTimeFormatter MINUTE = format("'processes_'mm");
    private static final String HEAD =
            "%8s %8s %6s %5s %7s %10s %12s  %s%n"
                    .formatted(
                            "PID", "PPID", "UID", "STATE", "THREADS", "RSS MB", "CPU s", "COMMAND");

    private final Path proc;
    private final Path folder;
    private final long agent;

    private record Seen(
            long pid,
            long parent,
            String user,
            String state,
            String threads,
            long memoryKb,
            double cpuSeconds,
            String name) {}

    /**
     * @param proc the system's {@code /proc}
     * @param folder {@code os} of the instance
     * @param agent pid whose descendants are the job's own
     */
    ProcessSnapshots(Path proc, Path folder, long agent) {
        this.proc = proc;
        this.folder = folder;
        this.agent = agent;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Writes the list of now and removes the oldest beyond the bound. By one thread. */
    void write(Instant now) throws IOException {
        Path file = folder.resolve(HOUR.format(now)).resolve(MINUTE.format(now));
        String text = text();
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        prune();
    }

    private String text() throws IOException {
        Map<Long, Seen> all = all();
        Comparator<Seen> ownFirst = Comparator.comparing(one -> !isOwn(one, all));
        List<Seen> rows = new ArrayList<>(all.values());
        rows.sort(
                ownFirst.thenComparing(Comparator.comparingLong(Seen::memoryKb).reversed())
                        .thenComparingLong(Seen::pid));
        StringBuilder text = new StringBuilder(HEAD);
        for (Seen one : rows.subList(0, Math.min(rows.size(), ROWS_MAX))) {
            String command = isOwn(one, all) ? command(one) : '[' + one.name() + ']';
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%8d %8d %6s %5s %7s %10.1f %12.2f  %s%n",
                            one.pid(),
                            one.parent(),
                            one.user(),
                            one.state(),
                            one.threads(),
                            one.memoryKb() / KB_OF_MB,
                            one.cpuSeconds(),
                            command));
        }
        if (rows.size() > ROWS_MAX) {
            text.append("[%d more]%n".formatted(rows.size() - ROWS_MAX));
        }
        return text.toString();
    }

    private Map<Long, Seen> all() throws IOException {
        Map<Long, Seen> all = new HashMap<>();
        try (var folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path one : folders) {
                seen(one).ifPresent(process -> all.put(process.pid(), process));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    /** Empty when the process has ended meanwhile. */
    private static Optional<Seen> seen(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] parts = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
            Map<String, String> status = status(folder.resolve("status"));
            return Optional.of(
                    new Seen(
                            Long.parseLong(folder.getFileName().toString()),
                            Long.parseLong(parts[1]),
                            first(status, "Uid", "?"),
                            parts[0],
                            parts[17],
                            Long.parseLong(first(status, "VmRSS", "0")),
                            (Long.parseLong(parts[11]) + Long.parseLong(parts[12])) / TICKS,
                            printable(
                                    stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')))));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> status(Path file) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).trim());
            }
        }
        return fields;
    }

    private static String first(Map<String, String> fields, String name, String absent) {
        return fields.getOrDefault(name, absent).split("\\s+")[0];
    }

    /** The agent, or one that it or a process of its own has started. */
    private boolean isOwn(Seen process, Map<Long, Seen> all) {
        @Nullable Seen at = process;
        // Parents are read one after the other, so what looks like a circle is possible.
        for (int steps = 0; at != null && steps <= all.size(); steps++) {
            if (at.pid() == agent) {
                return true;
            }
            at = all.get(at.parent());
        }
        return false;
    }

    private String command(Seen process) {
        try {
            Path file = proc.resolve(Long.toString(process.pid())).resolve("cmdline");
            String line =
                    printable(
                                    Files.readString(file, StandardCharsets.ISO_8859_1)
                                            .replace('\0', ' '))
                            .strip();
            return line.isEmpty() ? '[' + process.name() + ']' : line;
        } catch (IOException e) {
            return '[' + process.name() + ']';
        }
    }

    private static String printable(String text) {
        String cut = text.length() > COMMAND_MAX ? text.substring(0, COMMAND_MAX) + "..." : text;
        return cut.replaceAll("[^ -~]", "?");
    }

    /** Names are times, so their order is that of the lists; also of those of an earlier agent. */
    private void prune() throws IOException {
        List<Path> lists = new ArrayList<>();
        for (Path hour : sorted(folder)) {
            lists.addAll(sorted(hour));
        }
        for (Path old : lists.subList(0, Math.max(0, lists.size() - KEPT_MAX))) {
            Files.delete(old);
            Path hour = Objects.requireNonNull(old.getParent());
            if (sorted(hour).isEmpty()) {
                Files.delete(hour);
            }
        }
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
