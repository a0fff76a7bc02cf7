package dev.windrow.runtime;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the rows of a job that did not complete are where they were to be kept. */
public final class PartialRows {

    private PartialRows() {}

    /**
     * Looks for them on this machine; of a volume that only pods see, the counts have to tell.
     *
     * @param place as the record of the run has it
     */
    public static boolean areAt(String place, JobStatus status, Counts counts) {
        return VolumePath.isMeantBy(place)
                ? status.terminal() && status != JobStatus.COMPLETED && counts.returnedRows() > 0
                : Files.exists(Path.of(place));
    }
}
