package dev.windrow.cli.view;

import dev.windrow.client.JobSnapshot;
import dev.windrow.client.JobSnapshot.CreationContext;
import dev.windrow.client.JobSnapshot.ItemCounts;
import dev.windrow.client.JobSnapshot.MiniBatchCounts;
import dev.windrow.client.JobSnapshot.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server's job as a document, with the names that its REST interface uses. */
public final class JobDocument {

    private JobDocument() {}

    /** All there is to say of a job. */
    public static Map<String, @Nullable Object> of(JobSnapshot job) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", job.id());
        document.put("name", job.name());
        document.put("workspace", job.workspace());
        document.put("type", job.type());
        document.put("status", job.status().toString());
        document.put("status_reason", job.statusReason().map(JobDocument::reason).orElse(null));
        document.put("display_name", job.displayName().orElse(null));
        document.put("description", job.description().orElse(null));
        document.put("experiment_name", job.experimentName().orElse(null));
        document.put("tags", job.tags());
        document.put("properties", job.properties());
        document.put("creation_context", creation(job.creationContext()));
        document.put("submitted_at", job.submittedAt().map(Object::toString).orElse(null));
        document.put("ended_at", job.endedAt().map(Object::toString).orElse(null));
        document.put("archived", job.archived());
        document.put("compute", job.compute());
        document.put("mini_batches", miniBatches(job.miniBatches()));
        document.put("items", items(job.items()));
        document.put("outputs", job.outputs());
        document.put("partial_output", job.partialOutput().orElse(null));
        document.put("studio_url", job.studioUrl());
        document.put("logs_url", job.logsUrl());
        document.put("seconds", job.seconds().orElse(null));
        return document;
    }

    /** The values that a list shows: name, status, moment of the submit, name for people. */
    public static List<String> row(JobSnapshot job) {
        return List.of(
                job.name(),
                job.status().toString(),
                job.submittedAt().map(Object::toString).orElse(""),
                job.displayName().orElse(""));
    }

    private static Map<String, @Nullable Object> reason(Reason reason) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("code", reason.code());
        map.put("message", reason.message());
        map.put("first_cause", reason.firstCause().orElse(null));
        return map;
    }

    private static Map<String, @Nullable Object> creation(CreationContext context) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("created_by", context.createdBy());
        map.put("created_by_type", context.createdByType().orElse(null));
        map.put("created_at", context.createdAt().toString());
        map.put("last_modified_by", context.lastModifiedBy());
        map.put("last_modified_by_type", context.lastModifiedByType().orElse(null));
        map.put("last_modified_at", context.lastModifiedAt().toString());
        return map;
    }

    private static Map<String, Object> miniBatches(MiniBatchCounts counts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", counts.total());
        map.put("succeeded", counts.succeeded());
        map.put("failed", counts.failed());
        map.put("unprocessed", counts.unprocessed());
        map.put("attempts", counts.attempts());
        map.put("retries", counts.retries());
        return map;
    }

    private static Map<String, Object> items(ItemCounts counts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", counts.total());
        map.put("succeeded", counts.succeeded());
        map.put("failed", counts.failed());
        map.put("unprocessed", counts.unprocessed());
        return map;
    }
}
