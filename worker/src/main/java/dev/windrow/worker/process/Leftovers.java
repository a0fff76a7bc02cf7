package dev.windrow.worker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Processes that were started, by pid and start time, so that those can be killed that a lost
 * process left behind.
 */
public final class Leftovers {

    private final Path file;

    /**
     * @param file need not exist yet
     */
    public Leftovers(Path file) {
        this.file = file;
    }

    /** Takes note of a process that has just been started. */
    public void record(long pid) {
        String started = startOf(pid).orElse("");
        try {
            Files.writeString(
                    file,
                    pid + " " + started + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A process ends itself when its starter is gone; this list is only the second net.
        }
    }

    /** Kills those of the list that still run, with their groups, and forgets the list. */
    public void kill() {
        try {
            if (!Files.exists(file)) {
                return;
            }
            for (String line : Files.readAllLines(file)) {
                kill(line);
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // As above.
        }
    }

    private static void kill(String line) {
        List<String> parts = List.of(line.split(" ", 2));
        if (parts.size() < 2 || !parts.getFirst().matches("[0-9]{2,9}")) {
            return;
        }
        long pid = Long.parseLong(parts.getFirst());
        Optional<String> started = startOf(pid);
        if (started.isPresent() && started.get().equals(parts.getLast())) {
            Signals.sendToGroup(pid, Signals.KILL);
            Signals.send(pid, Signals.KILL);
        }
    }

    private static Optional<String> startOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(Object::toString);
    }
}
