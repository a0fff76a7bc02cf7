package dev.windrow.cli;

import dev.windrow.cli.view.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the faults of a server: one line each for whoever looks on, the trace in a file. The file
 * is put aside when it is full, in place of the one before. For any number of threads.
 */
final class ServerLog {

    private static final long BYTES_MAX = 10_000_000;

    private final Shell shell;
    private final Path file;
    private final long most;

    ServerLog(Shell shell, Path file) {
        this(shell, file, BYTES_MAX);
    }

    /**
     * A log.
     *
     * @param most bytes of one file
     */
    ServerLog(Shell shell, Path file, long most) {
        this.shell = shell;
        this.file = file;
        this.most = most;
    }

    /**
     * Tells of a fault and keeps it.
     *
     * @param what the request, or what else was being done
     */
    synchronized void fault(String what, Throwable fault) {
        String moment = shell.clock().instant().toString();
        String line = "%s %s: %s".formatted(moment, Words.oneLine(what), brief(fault));
        shell.err(line);
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace, true));
        try {
            keep((line + "\n" + trace).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            shell.err("%s server.log: %s".formatted(moment, brief(e)));
        }
    }

    private static String brief(Throwable fault) {
        return Words.oneLine(fault.toString());
    }

    private void keep(byte[] text) throws IOException {
        if (Files.exists(file) && Files.size(file) + text.length > most) {
            Path old = file.resolveSibling(file.getFileName() + ".1");
            Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
