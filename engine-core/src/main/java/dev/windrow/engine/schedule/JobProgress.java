package dev.windrow.engine.schedule;

import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A whole picture of a job at one moment, as durable as the ledger.
 *
 * @param status as stored
 * @param reason of its end; empty while it runs or when all is well
 * @param waits why no agent is there, in one sentence; empty when one is, or when nobody knows
 * @param agents connected
 * @param workersReady agents of which at least one worker is ready
 * @param leased mini-batches in agents' hands
 * @param phases how long each took so far
 */
public record JobProgress(
        JobStatus status,
        Optional<JobReason> reason,
        String waits,
        Counts counts,
        int agents,
        int workersReady,
        int leased,
        Phases phases) {

    /** The phases of a job that are timed: moments at which each began; absent when not yet. */
    public record Phases(
            Instant opened,
            Optional<Instant> planningBegan,
            Optional<Instant> planCompleted,
            Optional<Instant> firstLease,
            Optional<Instant> lastCommit,
            Optional<Instant> publishingBegan,
            Optional<Instant> ended) {

        /** From first lease to last commit. */
        public Duration processing() {
            return firstLease.isPresent() && lastCommit.isPresent()
                    ? Duration.between(firstLease.get(), lastCommit.get())
                    : Duration.ZERO;
        }
    }
}
