package dev.windrow.cli.view;

import dev.windrow.engine.schedule.JobProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A running job at one moment, as a view shows it.
 *
 * @param elapsed since the command was started
 * @param rate mini-batches per second
 * @param remaining until the last mini-batch ends
 * @param workers of the whole fleet
 */
public record Picture(
        String name,
        JobProgress progress,
        Duration elapsed,
        OptionalDouble rate,
        Optional<Duration> remaining,
        int workers) {

    /** Workers that have something to do, as far as the engine knows. */
    int busy() {
        return Math.min(progress.leased(), workers);
    }

    /** Mini-batches that have ended. */
    long ended() {
        return progress.counts().succeededMiniBatches() + progress.counts().failedMiniBatches();
    }

    /** What the job waits for, or else is doing, in the words of its status. */
    String doing() {
        if (!progress.waits().isEmpty()) {
            return Words.oneLine(progress.waits());
        }
        return switch (progress.status()) {
            case NOT_STARTED, STARTING -> "starting";
            case PROVISIONING -> "instances are being made";
            case PREPARING -> "the environment is being made";
            case QUEUED -> "starting workers";
            case RUNNING -> progress.workersReady() == 0 ? "workers are in init()" : "";
            case FINALIZING -> "writing output and reports";
            case CANCEL_REQUESTED -> "stopping workers";
            case NOT_RESPONDING -> "no instance has been heard for a minute";
            case COMPLETED, FAILED, CANCELED -> "";
        };
    }
}
