package dev.windrow.client;

import dev.windrow.client.JobSnapshot.ItemCounts;
import dev.windrow.client.JobSnapshot.MiniBatchCounts;
import dev.windrow.client.JobSnapshot.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Is told what happens to a job, on the thread that follows it and in the order of events. After a
 * broken connection an event may come twice.
 */
public interface JobListener {
    /**
     * The kind of note that tells anew what a job waits for, as each {@link ProgressEvent} does.
     */
    String FLEET_WAITS = "fleet_waits";

    /** The job has another status. */
    default void status(StatusEvent event) {}

    /** Something worth a line has happened. */
    default void note(NoteEvent event) {}

    /** The job has gone on; only the latest of several is told. */
    default void progress(ProgressEvent event) {}

    /** A log file of the script has grown; told only when {@link #wantsLogs}. */
    default void log(LogEvent event) {}

    /**
     * The connection is lost and is made again by itself: until {@link #reconnected} nothing is
     * known of the job. It may go on meanwhile, so that the next progress is a large step.
     */
    default void disconnected() {}

    /** There is a connection again. */
    default void reconnected() {}

    /** The job has ended; nothing follows. */
    default void end(JobSnapshot job) {}

    /** Tells whether log files are to be followed, too. */
    default boolean wantsLogs() {
        return false;
    }

    /** A status and since when it holds. */
    record StatusEvent(JobStatus status, Optional<Reason> reason, Instant at) {
        /** Takes statuses that this client does not know for unknown. */
        public StatusEvent {
            status = Objects.requireNonNullElse(status, JobStatus.UNKNOWN);
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * Something worth a line.
     *
     * @param kind stable, for programs
     */
    record NoteEvent(String kind, String text, Instant at) {
        /** Insists on what every note has. */
        public NoteEvent {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * How far a job is.
     *
     * @param waits for what the job waits, in one sentence; empty while it goes on
     * @param planComplete whether no more mini-batches will be planned
     * @param agents instances that are connected
     * @param leased mini-batches that are being worked on
     */
    record ProgressEvent(
            JobStatus status,
            Optional<String> waits,
            boolean planComplete,
            MiniBatchCounts miniBatches,
            ItemCounts items,
            int agents,
            int leased) {
        /** Insists on the counts. */
        public ProgressEvent {
            status = Objects.requireNonNullElse(status, JobStatus.UNKNOWN);
            Objects.requireNonNull(miniBatches, "mini_batches");
            Objects.requireNonNull(items, "items");
        }
    }

    /**
     * New text in a log file.
     *
     * @param path of the file, as it is listed
     * @param offset of the text's first byte in the file
     */
    record LogEvent(String path, long offset, String text) {
        /** Insists on what every event has. */
        public LogEvent {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(text, "text");
        }
    }
}
