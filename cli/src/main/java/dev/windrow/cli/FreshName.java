package dev.windrow.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes a name for a job that has none: {@code STEM-yyyymmdd-hhmmss-xxxx}, in UTC. */
final class FreshName {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int STEM_MAX = 80;
    private static final int TAIL = 4;

    private FreshName() {}

    static String of(Path file, Instant now) {
        LocalDateTime at = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        Random random = new Random(System.nanoTime() ^ ProcessHandle.current().pid() << 32);
        StringBuilder tail = new StringBuilder();
        for (int i = 0; i < TAIL; i++) {
            tail.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return "%s-%04d%02d%02d-%02d%02d%02d-%s"
                .formatted(
                        stem(file),
                        at.getYear(),
                        at.getMonthValue(),
                        at.getDayOfMonth(),
                        at.getHour(),
                        at.getMinute(),
                        at.getSecond(),
                        tail);
    }

    /** A file named {@code job.yml} says less than the folder it is in. */
    private static String stem(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        String name = nameOf(absolute).replaceFirst("\\.(ya?ml|json)$", "");
        Path folder = absolute.getParent();
        if (name.equals("job") && folder != null && !nameOf(folder).isEmpty()) {
            name = nameOf(folder);
        }
        String legal = name.replaceAll("[^A-Za-z0-9_.-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return legal.isEmpty() ? "job" : legal.substring(0, Math.min(legal.length(), STEM_MAX));
    }

    private static String nameOf(Path path) {
        @Nullable Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
