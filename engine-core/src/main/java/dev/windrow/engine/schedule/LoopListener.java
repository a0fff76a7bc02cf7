package dev.windrow.engine.schedule;

import dev.windrow.engine.job.JobStatus;
import java.time.Duration;
import java.time.Instant;

/** Hears what a job loop has made durable. Called on the loop's thread; must not block. */
public interface LoopListener {

    /** Hears nothing. */
    LoopListener NONE = new LoopListener() {};

    default void statusChanged(JobStatus status, Instant at) {}

    /**
     * An agent was given mini-batches, which is durable now.
     *
     * @param wait since the agent had room for more, whatever it was that there was nothing for it
     */
    default void leased(Duration wait) {}

    /** An instance is lost: its agent is never heard again. */
    default void lost(int agent) {}

    /** An instance came, was lost, a worker was replaced, {@code init()} failed … */
    default void noted(String kind, String text, Instant at) {}
}
