package dev.windrow.runtime.report;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the rows of a job that did not complete are where they were to be kept. */
public final class PartialRows {

    /** Before the name of a place that this machine does not see. */
    private static final String VOLUME = "azureml://";

    private PartialRows() {}

    /**
     * Looks for them on this machine. Of a volume that only pods see, the end has to tell: rows are
     * kept when there are any, and an agent that keeps them.
     *
     * @param place as the record of the run has it
     * @param reason of the end, its code
     */
    public static boolean areAt(
            String place, JobStatus status, Counts counts, Optional<String> reason) {
        return place.startsWith(VOLUME)
                ? status.terminal()
                        && status != JobStatus.COMPLETED
                        && counts.returnedRows() > 0
                        && !reason.equals(Optional.of(ErrorCode.FLEET_LOST.name()))
                : Files.exists(Path.of(place));
    }
}
