package dev.windrow.worker.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder of an instance in a job's log tree, as whoever starts agents needs to know it. */
public final class NodeLogs {

    private static final Pattern PROCESS = Pattern.compile("process([0-9]{1,9})\\..*");

    private NodeLogs() {}

    /**
     * The folder of an instance.
     *
     * @param logs root of the tree
     */
    public static Path folder(Path logs, int instance) {
        return new LogFolders(logs, instance).node();
    }

    /**
     * The number for the next worker of an instance. They only grow, also over restarts, so that no
     * log is written by two. Blocks on the disk.
     *
     * @param folder of the instance
     */
    public static int nextWorker(Path folder) throws IOException {
        int next = 0;
        if (!Files.isDirectory(folder)) {
            return next;
        }
        try (var files = Files.newDirectoryStream(folder, "process*.stderr.txt")) {
            for (Path file : files) {
                Matcher name = PROCESS.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    next = Math.max(next, Integer.parseInt(name.group(1)) + 1);
                }
            }
        }
        return next;
    }
}
