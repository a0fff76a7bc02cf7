package dev.windrow.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the libraries of the server say on the console while this is open. */
final class LibraryLog implements AutoCloseable {

    private final Logger root = Logger.getLogger("");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(
                            "%s %s: %s %s"
                                    .formatted(
                                            line.getLevel(),
                                            line.getLoggerName(),
                                            line.getMessage(),
                                            line.getThrown()));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    LibraryLog() {
        root.addHandler(handler);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.removeHandler(handler);
    }
}
