package dev.windrow.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A submitted job at one moment, as the server tells it.
 *
 * @param id {@code /workspaces/WS/jobs/NAME}
 * @param outputs where each output is, by name
 * @param partialOutput rows of a job that did not complete
 * @param studioUrl a page about the job
 * @param seconds from submit to the end; empty before it
 */
public record JobSnapshot(
        String id,
        String name,
        String workspace,
        String type,
        JobStatus status,
        Optional<Reason> statusReason,
        Optional<String> displayName,
        Optional<String> description,
        Optional<String> experimentName,
        Map<String, String> tags,
        Map<String, String> properties,
        CreationContext creationContext,
        Optional<Instant> submittedAt,
        Optional<Instant> endedAt,
        boolean archived,
        String compute,
        MiniBatchCounts miniBatches,
        ItemCounts items,
        Map<String, String> outputs,
        Optional<String> partialOutput,
        String studioUrl,
        String logsUrl,
        Optional<Double> seconds,
        List<JobNotice> notices) {
    /** Insists on what every job has and copies the collections. */
    public JobSnapshot {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(compute, "compute");
        Objects.requireNonNull(creationContext, "creation_context");
        Objects.requireNonNull(miniBatches, "mini_batches");
        Objects.requireNonNull(items, "items");
        Objects.requireNonNull(studioUrl, "studio_url");
        Objects.requireNonNull(logsUrl, "logs_url");
        status = Objects.requireNonNullElse(status, JobStatus.UNKNOWN);
        type = Objects.requireNonNullElse(type, "parallel");
        tags = Json.map(tags);
        properties = Json.map(properties);
        outputs = Json.map(outputs);
        notices = Json.list(notices);
    }

    /** Gives the code of why the job is as it is; its status when it has none. */
    String reasonCode() {
        return statusReason.map(Reason::code).orElse(status.toString());
    }

    /**
     * Why a job has the status it has.
     *
     * @param code stable, for programs
     * @param firstCause the first failed attempt in short
     */
    public record Reason(String code, String message, Optional<String> firstCause) {
        /** Insists on what every reason has. */
        public Reason {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }
    }

    /** Who made and last changed a job, and when. */
    public record CreationContext(
            String createdBy,
            Optional<String> createdByType,
            Instant createdAt,
            String lastModifiedBy,
            Optional<String> lastModifiedByType,
            Instant lastModifiedAt) {
        /** Insists on what every job has. */
        public CreationContext {
            Objects.requireNonNull(createdBy, "created_by");
            Objects.requireNonNull(createdAt, "created_at");
            Objects.requireNonNull(lastModifiedBy, "last_modified_by");
            Objects.requireNonNull(lastModifiedAt, "last_modified_at");
        }
    }

    /**
     * What became of the mini-batches planned so far.
     *
     * @param unprocessed without a final result yet, or for good once the job has ended
     * @param attempts counted failed and successful runs
     */
    public record MiniBatchCounts(
            long total,
            long succeeded,
            long failed,
            long unprocessed,
            long attempts,
            long retries) {
        /** Gives how many have a final result. */
        public long ended() {
            return succeeded + failed;
        }
    }

    /** What became of the items of the mini-batches planned so far. */
    public record ItemCounts(long total, long succeeded, long failed, long unprocessed) {}
}
