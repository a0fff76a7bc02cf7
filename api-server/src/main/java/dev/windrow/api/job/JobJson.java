package dev.windrow.api.job;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.tally.Counts;
import dev.windrow.runtime.JobPlaces;
import dev.windrow.runtime.host.JobView;
import dev.windrow.runtime.report.PartialRows;
import dev.windrow.store.register.RegisteredJob;
import dev.windrow.store.register.RegisteredJob.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Jobs as documents. */
final class JobJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Supplier<String> publicUrl;

    /**
     * @param publicUrl the server's address without a slash at its end
     */
    JobJson(Supplier<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /**
     * One job.
     *
     * @param places where its outputs are
     */
    ObjectNode job(JobView view, JobPlaces places) {
        RegisteredJob job = view.job();
        ObjectNode node = NODES.objectNode();
        node.put("id", job.key().id());
        node.put("name", job.key().name());
        node.put("workspace", job.key().workspace());
        node.put("type", "parallel");
        node.put("status", view.status().text());
        node.set("status_reason", reason(view.reason()));
        node.put("display_name", job.texts().displayName().orElse(null));
        node.put("description", job.texts().description().orElse(null));
        node.put("experiment_name", job.texts().experimentName().orElse(null));
        node.set("tags", texts(job.texts().tags()));
        node.set("properties", texts(job.texts().properties()));
        node.set("creation_context", creation(job));
        node.put("submitted_at", job.submittedAt().toString());
        node.put("ended_at", job.endedAt().map(Object::toString).orElse(null));
        node.put("archived", job.archived());
        node.put("compute", job.compute());
        node.set("mini_batches", miniBatches(view.counts()));
        node.set("items", items(view.counts()));
        node.set("outputs", texts(places.outputs()));
        node.put("partial_output", partial(view, places).orElse(null));
        node.put("studio_url", publicUrl.get() + page(job));
        node.put("logs_url", publicUrl.get() + "/api/v1" + job.key().id() + "/logs");
        node.put(
                "seconds",
                job.endedAt()
                        .map(end -> Duration.between(job.submittedAt(), end).toMillis() / 1e3)
                        .orElse(null));
        return node;
    }

    private static Optional<String> partial(JobView view, JobPlaces places) {
        return places.partial()
                .filter(_ -> view.status() != JobStatus.COMPLETED)
                .filter(place ->
                        PartialRows.areAt(
                                place,
                                view.status(),
                                view.counts(),
                                view.reason().map(Reason::code)));
    }

    private static String page(RegisteredJob job) {
        return job.key().workspace().equals("default")
                ? "/jobs/" + job.key().name()
                : job.key().id();
    }

    private static ObjectNode creation(RegisteredJob job) {
        ObjectNode node = NODES.objectNode();
        node.put("created_by", job.createdBy());
        node.put("created_by_type", "User");
        node.put("created_at", job.submittedAt().toString());
        node.put("last_modified_by", job.modifiedBy());
        node.put("last_modified_by_type", "User");
        node.put("last_modified_at", job.modifiedAt().toString());
        return node;
    }

    static tools.jackson.databind.JsonNode reason(Optional<Reason> reason) {
        if (reason.isEmpty()) {
            return NODES.nullNode();
        }
        ObjectNode node = NODES.objectNode();
        node.put("code", reason.get().code());
        node.put("message", reason.get().message());
        node.put("first_cause", reason.get().firstCause().orElse(null));
        return node;
    }

    private static ObjectNode texts(Map<String, String> map) {
        ObjectNode node = NODES.objectNode();
        map.forEach(node::put);
        return node;
    }

    static ObjectNode miniBatches(Counts counts) {
        ObjectNode node = NODES.objectNode();
        node.put("total", counts.miniBatches());
        node.put("succeeded", counts.succeededMiniBatches());
        node.put("failed", counts.failedMiniBatches());
        node.put("unprocessed", counts.outstandingMiniBatches());
        node.put("attempts", counts.attempts());
        node.put("retries", counts.retries());
        return node;
    }

    static ObjectNode items(Counts counts) {
        ObjectNode node = NODES.objectNode();
        node.put("total", counts.items());
        node.put("succeeded", counts.succeededItems());
        node.put("failed", counts.failedItems());
        node.put("unprocessed", counts.outstandingItems());
        return node;
    }

    /** How far a running job is. */
    static ObjectNode progress(JobView job) {
        Counts counts = job.progress().map(JobProgress::counts).orElseGet(job::counts);
        ObjectNode node = NODES.objectNode();
        node.put("status", job.status().text());
        node.put("waits", job.waiting().orElse(null));
        node.put("plan_complete", counts.planComplete());
        node.set("mini_batches", miniBatches(counts));
        node.set("items", items(counts));
        node.put("agents", job.progress().map(JobProgress::agents).orElse(0));
        node.put("leased", job.progress().map(JobProgress::leased).orElse(0));
        return node;
    }
}
