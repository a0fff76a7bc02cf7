package dev.windrow.worker.fetch;

/**
 * How much an archive may hold.
 *
 * @param bytes of the archive, and of all its files together
 */
public record ArchiveBounds(long bytes, int files) {

    /**
     * Code of 2 GiB in 100 000 files, and what an archive needs to name them: a server takes no
     * more with a job.
     */
    public static final ArchiveBounds CODE = new ArchiveBounds((2L << 30) + (512L << 20), 100_000);

    /** An input of 64 GiB in 1 000 000 files: more had better lie on a volume that agents see. */
    public static final ArchiveBounds INPUT = new ArchiveBounds(64L << 30, 1_000_000);

    /** An environment of 16 GiB in 500 000 files. */
    public static final ArchiveBounds ENVIRONMENT = new ArchiveBounds(16L << 30, 500_000);
}
