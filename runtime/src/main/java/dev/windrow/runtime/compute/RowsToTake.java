package dev.windrow.runtime.compute;

import dev.windrow.disk.FileMark;

/**
 * Rows that another job has published where only agents see them, and that a retry puts together
 * with its own: whoever makes its plan takes them along as one more segment.
 *
 * @param place of the file, as {@link PreparedJob#outputs} tells places
 * @param mark what it looked like when it was published
 * @param planned whether that job's plan was complete
 */
public record RowsToTake(String place, FileMark mark, boolean planned) {

    /** The segment that holds old rows, whoever has taken them along. */
    public static final String SEGMENT = "merged-base";
}
