package dev.windrow.client;

import dev.windrow.client.JobListener.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far log files were told of: a stream that is opened again begins at their start. */
final class LogsTold {

    private final Map<String, Long> ends = new HashMap<>();

    /**
     * New text as a server sends it.
     *
     * @param bytes that the text stands for in the file; absent from older servers
     */
    record LogPiece(String path, long offset, @Nullable Long bytes, String text) {
        LogPiece {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(text, "text");
        }
    }

    /** What of a piece was not told before. */
    Optional<LogEvent> fresh(LogPiece piece) {
        byte[] text = piece.text().getBytes(StandardCharsets.UTF_8);
        Long said = piece.bytes();
        long bytes = said == null ? text.length : said;
        long end = piece.offset() + bytes;
        long known = ends.getOrDefault(piece.path(), 0L);
        if (end <= known) {
            return Optional.empty();
        }
        ends.put(piece.path(), end);
        // What is no UTF-8 has another length as text, and nobody knows where in it to begin.
        if (piece.offset() >= known || bytes != text.length) {
            return Optional.of(new LogEvent(piece.path(), piece.offset(), piece.text()));
        }
        byte[] rest =
                Arrays.copyOfRange(text, Math.toIntExact(known - piece.offset()), text.length);
        return Optional.of(
                new LogEvent(piece.path(), known, new String(rest, StandardCharsets.UTF_8)));
    }
}
