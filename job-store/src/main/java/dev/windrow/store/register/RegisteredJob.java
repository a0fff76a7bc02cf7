package dev.windrow.store.register;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A job as the register has it. Status and counts are copies of what the ledger says, so that a
 * list needs no ledger; while the job runs they may be older than the ledger.
 *
 * @param reason why it ended as it did, or why it waits
 * @param counts of the end; empty before
 */
public record RegisteredJob(
        JobKey key,
        Instant submittedAt,
        String createdBy,
        Instant modifiedAt,
        String modifiedBy,
        JobTexts texts,
        boolean archived,
        String compute,
        JobStatus status,
        Optional<Reason> reason,
        Optional<Counts> counts,
        Optional<Instant> endedAt) {

    /** Labels that may be changed after the submit. */
    public record JobTexts(
            Optional<String> displayName,
            Optional<String> description,
            Optional<String> experimentName,
            Map<String, String> tags,
            Map<String, String> properties) {

        public JobTexts {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /**
     * Why.
     *
     * @param code of the engine's codes
     * @param firstCause the first failed attempt, in one line
     */
    public record Reason(String code, String message, Optional<String> firstCause) {}

    /** A job that is just being submitted. */
    public static RegisteredJob submitted(
            JobKey key, JobTexts texts, String compute, String user, Instant at) {
        return new RegisteredJob(
                key,
                at,
                user,
                at,
                user,
                texts,
                false,
                compute,
                JobStatus.STARTING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with other labels. */
    public RegisteredJob withTexts(JobTexts changed, String user, Instant at) {
        return new RegisteredJob(
                key,
                submittedAt,
                createdBy,
                at,
                user,
                changed,
                archived,
                compute,
                status,
                reason,
                counts,
                endedAt);
    }

    /** The same, in the archive or out of it. */
    public RegisteredJob withArchived(boolean away, String user, Instant at) {
        return new RegisteredJob(
                key,
                submittedAt,
                createdBy,
                at,
                user,
                texts,
                away,
                compute,
                status,
                reason,
                counts,
                endedAt);
    }

    /** The same at another point of its life. */
    public RegisteredJob withStatus(
            JobStatus now, Optional<Reason> why, Optional<Counts> end, Optional<Instant> at) {
        return new RegisteredJob(
                key,
                submittedAt,
                createdBy,
                modifiedAt,
                modifiedBy,
                texts,
                archived,
                compute,
                now,
                why,
                end,
                at);
    }
}
