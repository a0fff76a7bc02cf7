package dev.windrow.runtime.compute;

import java.nio.file.Path;

/**
 * What lies where in a job's own folder.
 *
 * @param root {@code HOME/jobs/NAME}
 */
public record JobFolder(Path root) {

    /** The folder of a job below a home. */
    public static JobFolder of(Path home, String job) {
        return new JobFolder(all(home).resolve(job));
    }

    /** The folder of all jobs below a home. */
    public static Path all(Path home) {
        return home.resolve("jobs");
    }

    /** Held by the one process that owns the job. */
    public Path lock() {
        return root.resolve("lock");
    }

    public Path ledger() {
        return root.resolve("ledger.db");
    }

    /** The job as it was submitted, for people. */
    public Path spec() {
        return root.resolve("job.yml");
    }

    /** What else has to be known to run the job again from anywhere. */
    public Path record() {
        return root.resolve("run.properties");
    }

    /** The code as it was submitted; never changed. */
    public Path code() {
        return root.resolve("code");
    }

    public Path segments() {
        return root.resolve("segments");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** What belongs to the instances. */
    public Path instances() {
        return root.resolve("instances");
    }

    /** The processes that run as instances, for whoever takes the job over. */
    public Path fleet() {
        return instances().resolve("fleet");
    }

    /** What belongs to one instance. */
    public Path instance(int number) {
        return instances().resolve(Integer.toString(number));
    }
}
