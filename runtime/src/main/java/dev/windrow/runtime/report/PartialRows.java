package dev.windrow.runtime.report;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the rows of a job that did not complete are where they were to be kept. */
public final class PartialRows {

    /** Before the name of a place that this machine does not see. */
    private static final String VOLUME = "azureml://";

    private PartialRows() {}

    /**
     * Looks for them on this machine; of a volume that only pods see, the counts have to tell.
     *
     * @param place as the record of the run has it
     */
    public static boolean areAt(String place, JobStatus status, Counts counts) {
        return place.startsWith(VOLUME)
                ? status.terminal() && status != JobStatus.COMPLETED && counts.returnedRows() > 0
                : Files.exists(Path.of(place));
    }
}
