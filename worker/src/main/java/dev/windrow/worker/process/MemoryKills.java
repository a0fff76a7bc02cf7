package dev.windrow.worker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What the kernel tells of processes that it has killed because the memory of their control group
 * was used up. Both versions of control groups are read; where there are none nothing is known.
 */
final class MemoryKills {

    /** The group of this process, as containers see it. */
    static final MemoryKills HERE = new MemoryKills(Path.of("/sys/fs/cgroup"));

    private static final String COUNTER = "oom_kill ";
    private static final double MIB = 1 << 20;

    /** The kernel's number for no limit is near the largest there is. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path root;

    MemoryKills(Path root) {
        this.root = root;
    }

    /** How many there were so far; empty when nobody counts. */
    OptionalLong count() {
        OptionalLong second = counter(root.resolve("memory.events"));
        return second.isPresent() ? second : counter(root.resolve("memory/memory.oom_control"));
    }

    private static OptionalLong counter(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(COUNTER))
                    .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length()).strip()))
                    .findFirst();
        } catch (IOException | NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /**
     * Why the kernel, or somebody else, has killed a process of the group; in brackets, behind a
     * blank.
     *
     * @param before what {@link #count} gave when the process began
     */
    String since(OptionalLong before) {
        OptionalLong now = count();
        if (before.isEmpty() || now.isEmpty()) {
            return " (out of memory?)";
        }
        if (now.getAsLong() == before.getAsLong()) {
            return "";
        }
        return " (out of memory%s%s)"
                .formatted(
                        size(", limit ", "memory.max", "memory/memory.limit_in_bytes"),
                        size(", peak ", "memory.peak", "memory/memory.max_usage_in_bytes"));
    }

    private String size(String what, String second, String first) {
        OptionalLong bytes = number(root.resolve(second));
        OptionalLong known = bytes.isPresent() ? bytes : number(root.resolve(first));
        return known.isEmpty() || known.getAsLong() >= NO_LIMIT
                ? ""
                : String.format(Locale.ROOT, "%s%.0f MiB", what, known.getAsLong() / MIB);
    }

    private static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
