package dev.windrow.worker.pod;

import dev.windrow.protocol.tls.Authorities;
import dev.windrow.worker.remote.ServerProbe;
import dev.windrow.worker.remote.ServerProbe.Found;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks from a pod whether the server can be reached there, before any job runs. A server that has
 * just begun, and rules of a network that are new, get some seconds. It says what it has found on
 * standard output and in the file that {@value #RESULT} names; its exit status is 0 when the server
 * was reached, {@value #UNREACHED} when not, {@value #UNTRUSTED} when it was but is not trusted,
 * and 2 when it was not told where to look.
 */
public final class ProbeMain {

    /** The exit status when the server cannot be reached. */
    public static final int UNREACHED = 3;

    /** The exit status when a server answers that is not trusted. */
    public static final int UNTRUSTED = 4;

    static final String RESULT = "WINDROW_PROBE_RESULT";

    private static final int USAGE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Runnable pause;

    /**
     * @param pause blocks for a little between two looks
     */
    ProbeMain(InstantSource clock, Runnable pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** Looks until the server is reached, or the time is up. */
    public static void main(String[] args) throws InterruptedException {
        Runnable pause = () -> LockSupport.parkNanos(PAUSE.toNanos());
        int status = new ProbeMain(InstantSource.system(), pause).run(System.getenv(), System.out);
        // A name that nobody resolves may keep a thread for longer.
        Runtime.getRuntime().halt(status);
    }

    int run(Map<String, String> environment, PrintStream out) throws InterruptedException {
        String said;
        int status;
        try {
            URI server = PodSetting.server(environment);
            Authorities.install(environment);
            switch (look(new ServerProbe(server, clock))) {
                case Found.Reached(String how) -> {
                    said = how;
                    status = 0;
                }
                case Found.Unreached(String cause, boolean _) -> {
                    said = cause;
                    status = UNREACHED;
                }
                case Found.Untrusted(String cause) -> {
                    said = cause;
                    status = UNTRUSTED;
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

    private Found look(ServerProbe probe) throws InterruptedException {
        Instant last = clock.instant().plus(PATIENCE);
        Found found = probe.look();
        while (found instanceof Found.Unreached(String _, boolean passing)
                && passing
                && clock.instant().isBefore(last)) {
            pause.run();
            found = probe.look();
        }
        return found;
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
