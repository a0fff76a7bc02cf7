package dev.windrow.worker.side;

import java.nio.file.Path;

/**
 * Where the rows of a job go.
 *
 * @param file the target
 * @param job name of the job
 * @param segments folder of its segments
 * @param header keep the first table head
 */
public record PublishTarget(Path file, String job, Path segments, boolean header) {

    /** Beside the target, for rows of a job that did not complete. */
    public Path partial() {
        return file.resolveSibling(file.getFileName() + ".partial-" + job);
    }
}
