package dev.windrow.worker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

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
        String started = KnownProcess.of(pid).began();
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
        new KnownProcess(Long.parseLong(parts.getFirst()), parts.getLast()).kill();
    }
}
