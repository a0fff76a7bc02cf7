package dev.windrow.local;

import java.io.IOException;
import java.nio.file.Path;

/** Runs a test job in a process of its own, for a test to kill. */
public final class RunMain {

    private RunMain() {}

    /** Arguments: the job's folder, its number of files, and how many instances. */
    public static void main(String[] args) throws IOException {
        TestJob job = new TestJob(Path.of(args[0]), Integer.parseInt(args[1]));
        System.exit(job.run(Integer.parseInt(args[2])).status().terminal() ? 0 : 1);
    }
}
