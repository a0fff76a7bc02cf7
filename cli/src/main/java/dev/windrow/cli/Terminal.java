package dev.windrow.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** What there is to know about the terminal a command was started from. */
final class Terminal {

    private static final int DEFAULT_WIDTH = 80;
    private static final int WIDTH_MAX = 500;

    private Terminal() {}

    /** Whether one of the standard descriptors leads to a terminal. */
    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException _) {
            // Not Linux: Java only knows whether both standard input and output are terminals.
            return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        }
    }

    /** Columns of the terminal. Blocks for some milliseconds. */
    static int width(Map<String, String> environment) {
        OptionalInt asked = ask();
        if (asked.isPresent()) {
            return asked.getAsInt();
        }
        OptionalInt exported = number(environment.getOrDefault("COLUMNS", ""));
        return exported.orElse(DEFAULT_WIDTH);
    }

    private static OptionalInt ask() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String answer =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            stty.waitFor(1, TimeUnit.SECONDS);
            int blank = answer.indexOf(' ');
            return blank < 0 ? OptionalInt.empty() : number(answer.substring(blank + 1).strip());
        } catch (IOException _) {
            return OptionalInt.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    private static OptionalInt number(String text) {
        try {
            int columns = Integer.parseInt(text.strip());
            return columns > 0 && columns <= WIDTH_MAX
                    ? OptionalInt.of(columns)
                    : OptionalInt.empty();
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }
}
