package dev.windrow.worker.pod;

import dev.windrow.worker.remote.ServerProbe;
import dev.windrow.worker.remote.ServerProbe.Found;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Looks from a pod whether the server can be reached there, before any job runs. It says what it
 * has found on standard output and in the file that {@value #RESULT} names; its exit status is 0
 * when the server was reached, {@value #UNREACHED} when not, and 2 when it was not told where to
 * look.
 */
public final class ProbeMain {

    /** The exit status when the server cannot be reached. */
    public static final int UNREACHED = 3;

    static final String RESULT = "WINDROW_PROBE_RESULT";

    private static final int USAGE = 2;

    private ProbeMain() {}

    /** Looks once. */
    public static void main(String[] args) throws InterruptedException {
        int status = run(System.getenv(), System.out);
        // A name that nobody resolves may keep a thread for longer.
        Runtime.getRuntime().halt(status);
    }

    static int run(Map<String, String> environment, PrintStream out) throws InterruptedException {
        String said;
        int status;
        try {
            URI server = PodSetting.server(environment);
            switch (new ServerProbe(server, InstantSource.system()).look()) {
                case Found.Reached(String how) -> {
                    said = how;
                    status = 0;
                }
                case Found.Unreached(String cause) -> {
                    said = cause;
                    status = UNREACHED;
                }
            }
        } catch (IOException e) {
            said = String.valueOf(e.getMessage());
            status = USAGE;
        }
        out.println(said);
        out.flush();
        write(environment.getOrDefault(RESULT, ""), said, out);
        return status;
    }

    private static void write(String file, String said, PrintStream out) {
        if (!file.isEmpty()) {
            try {
                Files.writeString(Path.of(file), said);
            } catch (IOException e) {
                out.println("%s: %s cannot be written: %s".formatted(RESULT, file, e));
            }
        }
    }
}
