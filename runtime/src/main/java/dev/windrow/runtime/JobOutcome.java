package dev.windrow.runtime;

import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import dev.windrow.model.EffectiveSettings.Tolerance;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a job: everything that a summary says.
 *
 * @param firstCause the first failed attempt, when there was one and it is known
 * @param tolerance how many failures the job bears
 * @param outputs by name where each is now; without those that are not there
 * @param partial the output of which only a part is there, kept beside its target
 */
public record JobOutcome(
        String name,
        JobStatus status,
        Optional<JobReason> reason,
        Optional<FirstCause> firstCause,
        Counts counts,
        Tolerance tolerance,
        Map<String, String> outputs,
        Optional<String> partial,
        Path logs,
        RunTimes times) {

    public JobOutcome {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** True when some mini-batch or item did not succeed. */
    public boolean hasFailures() {
        return counts.failedMiniBatches() > 0 || counts.failedItems() > 0;
    }

    JobOutcome withFirstCause(Optional<FirstCause> cause) {
        return new JobOutcome(
                name, status, reason, cause, counts, tolerance, outputs, partial, logs, times);
    }
}
