package dev.windrow.cli;

import dev.windrow.cli.view.Style;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a command: its streams, its environment, and when it began.
 *
 * @param out for results
 * @param err for everything else
 * @param liveOut whether results go to a terminal
 * @param liveErr whether everything else goes to a terminal
 */
record Shell(
        PrintStream out,
        PrintStream err,
        boolean liveOut,
        boolean liveErr,
        Map<String, String> environment,
        InstantSource clock,
        Instant began) {

    private static final int BUFFER = 8_192;

    static Shell system() {
        InstantSource clock = InstantSource.system();
        Map<String, String> environment = System.getenv();
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Shell(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                !dumb && Terminal.isTerminal(1),
                !dumb && Terminal.isTerminal(2),
                environment,
                clock,
                ProcessStart.of(clock.instant()));
    }

    /** Text is UTF-8 whatever the locale says: a job's own words must come through. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
                false,
                StandardCharsets.UTF_8);
    }

    /** Where jobs are kept. */
    Path home() {
        String given = environment.getOrDefault("WINDROW_HOME", "");
        return (given.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".windrow")
                        : Path.of(given))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * A variable of the environment, without blanks around it; empty when there is nothing in it.
     */
    Optional<String> variable(String name) {
        return Optional.of(environment.getOrDefault(name, "").strip())
                .filter(text -> !text.isEmpty());
    }

    Style outStyle() {
        return style(liveOut);
    }

    Style errStyle() {
        return style(liveErr);
    }

    private Style style(boolean live) {
        boolean color = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Style(color, live && isUnicode());
    }

    private boolean isUnicode() {
        for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    void out(List<String> lines) {
        print(out, lines);
    }

    void err(List<String> lines) {
        print(err, lines);
    }

    void err(String line) {
        print(err, List.of(line));
    }

    private static void print(PrintStream to, List<String> lines) {
        if (!lines.isEmpty()) {
            to.print(String.join("\n", lines) + "\n");
            to.flush();
        }
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
