package dev.windrow.client;

import java.util.List;
import java.util.Objects;

/** What a job is waiting for, or why it ended as it did, in plain words. */
public record Why(JobStatus status, String answer, List<JobListener.NoteEvent> notes) {
    /** Insists on the answer and copies the notes. */
    public Why {
        status = Objects.requireNonNullElse(status, JobStatus.UNKNOWN);
        Objects.requireNonNull(answer, "answer");
        notes = Json.list(notes);
    }
}
