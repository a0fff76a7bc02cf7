package dev.windrow.worker.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/** A table of samples that grows, up to a bound. */
final class ResourceTable {

    private static final long BYTES_MAX = 32L << 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path file;
    private final String head;
    private final StringBuilder rows = new StringBuilder();

    ResourceTable(Path file, String head) {
        this.file = file;
        this.head = head;
    }

    /** Adds a row; a text must need no quotes. */
    void add(Instant at, Object... cells) {
        rows.append(TIME.format(at));
        for (Object cell : cells) {
            rows.append(',');
            if (cell instanceof Double number) {
                rows.append(String.format(Locale.ROOT, "%.2f", number));
            } else {
                rows.append(cell);
            }
        }
        rows.append('\n');
    }

    /** Writes what was added; rows beyond the bound are dropped. */
    void write() throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        String text = rows.toString();
        rows.setLength(0);
        boolean first = !Files.exists(file);
        if (first) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
        } else if (Files.size(file) > BYTES_MAX) {
            return;
        }
        Files.writeString(
                file,
                first ? head + "\n" + text : text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
