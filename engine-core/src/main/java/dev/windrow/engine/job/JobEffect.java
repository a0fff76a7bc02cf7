package dev.windrow.engine.job;

/** What the loop has to do after a job's state has changed. Each may be repeated harmlessly. */
public enum JobEffect {
    NOTHING,
    /** Let idle workers call {@code shutdown()} and end. */
    END_WORKERS,
    /** Stop workers at once. */
    ABORT_WORKERS,
    /** Publish the output, or keep the partial one aside. */
    PUBLISH,
    /** Give the fleet back. */
    RELEASE_FLEET
}
