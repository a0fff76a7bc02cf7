package dev.windrow.worker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process by its number and the moment it began, so that none is taken for another that was given
 * its number later.
 *
 * @param began as this machine tells it; opaque
 */
public record KnownProcess(long pid, String began) {

    private static final Path PROC = Path.of("/proc");

    /** A process that runs now. */
    public static KnownProcess of(long pid) {
        return new KnownProcess(pid, begin(pid).orElse(""));
    }

    /** False when it has ended, also when nobody has taken notice of that. */
    public boolean isAlive() {
        return begin(pid).filter(began::equals).isPresent() && !isZombie();
    }

    /** Kills it, and the group that it leads; does nothing when it has ended. */
    public void kill() {
        if (isAlive()) {
            Signals.sendToGroup(pid, Signals.KILL);
            Signals.send(pid, Signals.KILL);
        }
    }

    private static Optional<String> begin(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(Object::toString);
    }

    /** Whoever should bury it may never do so, as the first process of a container. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            // The name before it is in brackets, and may hold anything.
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException _) {
            return false;
        }
    }
}
