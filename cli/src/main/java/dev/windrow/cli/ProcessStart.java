package dev.windrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** When this process was started, more exactly than Java tells and without loading much. */
final class ProcessStart {

    /** Linux counts a process's start in hundredths of a second, whatever its clock. */
    private static final double TICKS = 100;

    private static final int START_FIELD = 19;

    /** A JVM that took longer than this to reach its main method is not believed. */
    private static final double LONGEST_SECONDS = 30;

    /** Set by a launcher that has spent time on a build in this very process. */
    private static final String STARTED = "windrow.started";

    private ProcessStart() {}

    /**
     * The start of the process, to a hundredth of a second where the system tells.
     *
     * @param now the moment of the call, taken as the start where it does not
     */
    static Instant of(Instant now) {
        Long told = Long.getLong(STARTED);
        if (told != null) {
            return Instant.ofEpochMilli(told);
        }
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // The command in parentheses may itself hold blanks.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            String uptime = Files.readString(Path.of("/proc/uptime"));
            double up = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            double age = up - Long.parseLong(fields[START_FIELD]) / TICKS;
            boolean likely = age >= 0 && age < LONGEST_SECONDS;
            return likely ? now.minus(Duration.ofMillis(Math.round(age * 1e3))) : now;
        } catch (IOException | RuntimeException _) {
            return now;
        }
    }
}
