package dev.windrow.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events; comments are passed over, and no event is larger than its bound. */
final class ServerEvents {
    private static final int EVENT_MAX = 4 << 20;

    private final InputStream in;
    private final Runnable heard;
    private boolean afterReturn;

    /**
     * Makes a reader.
     *
     * @param heard run at each line, comments included
     */
    ServerEvents(InputStream in, Runnable heard) {
        this.in = new BufferedInputStream(in);
        this.heard = heard;
    }

    /**
     * One event.
     *
     * @param id empty when it has none
     * @param name {@code message} unless it has one
     */
    record Event(String id, String name, String data) {}

    /** Waits for the next event; empty at the end of the stream, where half an event is dropped. */
    Optional<Event> next() throws IOException {
        String id = "";
        String name = "message";
        StringBuilder data = new StringBuilder();
        boolean hasData = false;
        for (@Nullable String line = line(); line != null; line = line()) {
            heard.run();
            if (line.isEmpty()) {
                if (hasData) {
                    return Optional.of(new Event(id, name, data.toString()));
                }
                id = "";
                name = "message";
                continue;
            }
            String value = value(line);
            switch (field(line)) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> {
                    data.append(hasData ? "\n" : "").append(value);
                    hasData = true;
                    check(data.length());
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static String field(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    private static String value(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return "";
        }
        return line.substring(line.startsWith(": ", colon) ? colon + 2 : colon + 1);
    }

    /** A line ends with a line feed, a carriage return, or both; a last one without end is none. */
    private @Nullable String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            boolean second = afterReturn && next == '\n';
            afterReturn = next == '\r';
            if (next < 0) {
                return null;
            }
            if (second) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            bytes.write(next);
            check(bytes.size());
        }
    }

    private static void check(int size) {
        if (size > EVENT_MAX) {
            throw ServerException.badAnswer(
                    "event: larger (expected: " + EVENT_MAX + " bytes at most)");
        }
    }
}
