package dev.windrow.data.segment;

import java.nio.file.Path;

/**
 * The folder that holds a job's segments.
 *
 * @param folder exists and is on the volume of the job
 */
public record SegmentFolder(Path folder) {
    /** The file of a segment; its name is checked, so that it cannot lead out of the folder. */
    public Path file(String segment) {
        SegmentRange.checkName(segment);
        return folder.resolve(segment);
    }
}
