package dev.windrow.runtime.ship;

/**
 * What a server takes of one agent.
 *
 * @param fileBytes of one file
 * @param bytes of all
 */
public record LogBounds(long fileBytes, long bytes, int files) {

    /** Four times what is kept of one process's output, and of a hundred such processes. */
    public static final LogBounds USUAL = new LogBounds(64L << 20, 1L << 30, 10_000);
}
