package dev.windrow.worker.fetch;

/**
 * How much an archive of code may hold. A server takes no more code than this with a job.
 *
 * @param bytes of the archive, and of all its files together
 */
public record CodeBounds(long bytes, int files) {

    /** Code of 2 GiB in 100 000 files, and what an archive needs to name them. */
    public static final CodeBounds USUAL = new CodeBounds((2L << 30) + (512L << 20), 100_000);
}
