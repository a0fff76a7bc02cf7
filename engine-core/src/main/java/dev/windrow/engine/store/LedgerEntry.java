package dev.windrow.engine.store;

import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.FailureCause;
import java.time.Instant;
import java.util.Optional;

/** One fact about a job. Facts are appended in groups; a group is durable as a whole or not. */
public sealed interface LedgerEntry {

    /**
     * A part of the plan. Stored once per sequence number.
     *
     * @param sequence from 0, without gaps
     * @param first index of its first mini-batch
     * @param itemCounts items of each mini-batch, at least one mini-batch
     * @param payload opaque to the engine
     * @param cursor where a later planner goes on; opaque to the engine
     */
    record ChunkPlanned(int sequence, int first, int[] itemCounts, byte[] payload, byte[] cursor)
            implements LedgerEntry {}

    /** Nothing more will be planned. */
    record PlanCompleted() implements LedgerEntry {}

    /**
     * Indexes below this may have been leased.
     *
     * @param index exclusive
     */
    record LeasedBelow(int index) implements LedgerEntry {}

    /**
     * The final result of a mini-batch. The first one counts; the store keeps no second.
     *
     * @param returned length of the return value, 0 when failed
     * @param error present when the mini-batch failed
     */
    record ResultStored(
            int index,
            ResultOutcome outcome,
            int items,
            long returned,
            RowRange rows,
            AttemptFacts facts,
            Optional<FailedAttempt> error)
            implements LedgerEntry {}

    /**
     * A counted failed attempt, or a lease that the infrastructure lost; once per index and token.
     */
    record AttemptStored(int index, AttemptFacts facts, FailedAttempt error)
            implements LedgerEntry {}

    /** The job has another status. */
    record StatusChanged(JobStatus status, Optional<JobReason> reason, Instant at)
            implements LedgerEntry {}

    /**
     * Something a user may want to read later: an instance came, was lost, a worker was replaced.
     */
    record EventNoted(Instant at, String kind, String text) implements LedgerEntry {

        /** The kind of one for the engine alone: by what the published rows are known again. */
        public static final String ROWS_MARK = "rows_mark";
    }

    /** How a mini-batch ended. */
    enum ResultOutcome {
        SUCCEEDED,
        /** Fewer rows than items came back. */
        SHORT,
        FAILED
    }

    /** Why an attempt did not count. */
    record FailedAttempt(FailureCause cause, ErrorText text) {}
}
