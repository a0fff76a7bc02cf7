package dev.windrow.worker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The processes an instance has started, by pid and start time, so that the next agent of the
 * instance can kill those that a lost one left behind.
 */
final class Leftovers {

    private final Path file;

    Leftovers(Path file) {
        this.file = file;
    }

    void record(long pid) {
        String started = startOf(pid).orElse("");
        try {
            Files.writeString(
                    file,
                    pid + " " + started + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The worker ends itself when its agent is gone; this list is only the second net.
        }
    }

    /** Kills those of the list that still run, with their groups, and forgets the list. */
    void kill() {
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
