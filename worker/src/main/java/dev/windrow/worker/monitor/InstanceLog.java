package dev.windrow.worker.monitor;

import dev.windrow.model.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * {@code _main.txt}: what happened on an instance, as it happens. Lines are handed over by any
 * thread without waiting and written by one; what is too much for the bounded queue is counted. The
 * file is kept small by the same means as output.
 */
final class InstanceLog {

    private static final int WAITING_MAX = 4_096;
    private static final int LINE_MAX = 2_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path file;
    private final InstantSource clock;
    private final ArrayBlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private long lost;

    private record Line(Instant at, String text) {}

    InstanceLog(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Takes note of something; to be called by any thread. */
    void add(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        Line one =
                new Line(
                        clock.instant(),
                        line.length() > LINE_MAX ? line.substring(0, LINE_MAX) + "…" : line);
        if (!waiting.offer(one)) {
            countLost();
        }
    }

    private synchronized void countLost() {
        lost++;
    }

    private synchronized long takeLost() {
        long count = lost;
        lost = 0;
        return count;
    }

    /** Writes what waits. By one thread. */
    void write() throws IOException {
        List<Line> lines = new ArrayList<>();
        waiting.drainTo(lines);
        long missing = takeLost();
        if (lines.isEmpty() && missing == 0) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(TIME.format(line.at())).append("  ").append(line.text()).append('\n');
        }
        if (missing > 0) {
            text.append(
                    "[%s missing here]\n".formatted(Counted.of(missing, "line is", "lines are")));
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
