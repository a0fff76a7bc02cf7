package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.ProblemJson;
import dev.windrow.api.http.Request;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.runtime.RetryException;
import dev.windrow.runtime.RetryOrder;
import dev.windrow.runtime.RunRequest;
import dev.windrow.runtime.host.HostRefusal;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.host.JobHost.Submitted;
import dev.windrow.runtime.host.JobView;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.Notice;
import dev.windrow.store.register.JobFilter;
import dev.windrow.store.register.JobKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Submits, lists, changes and ends jobs. */
public final class JobOperations {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String JOBS = "/api/v1/workspaces/{ws}/jobs";
    private static final String JOB = JOBS + "/{name}";

    private final JobHost host;
    private final JobDocuments documents;
    private final InstantSource clock;

    /**
     * @param publicUrl the server's address without a slash at its end
     */
    public JobOperations(JobHost host, Supplier<String> publicUrl, InstantSource clock) {
        this.host = host;
        this.documents = new JobDocuments(host, publicUrl);
        this.clock = clock;
    }

    /** The operations, as the contract names them. */
    public List<Operation> all() {
        return List.of(
                new Operation("listJobs", "GET", JOBS, Role.READER, this::list),
                new Operation("createJob", "POST", JOBS, Role.SUBMITTER, this::create),
                new Operation(
                        "validateJob",
                        "POST",
                        "/api/v1/workspaces/{ws}/validate",
                        Role.SUBMITTER,
                        this::validate),
                new Operation("getJob", "GET", JOB, Role.READER, this::get),
                new Operation("putJob", "PUT", JOB, Role.SUBMITTER, this::put),
                new Operation("updateJob", "PATCH", JOB, Role.SUBMITTER, this::update),
                new Operation("deleteJob", "DELETE", JOB, Role.SUBMITTER, this::delete),
                new Operation("retryJob", "POST", JOB + "/retry", Role.SUBMITTER, this::retry),
                new Operation("cancelJob", "POST", JOB + "/cancel", Role.SUBMITTER, this::cancel),
                new Operation(
                        "archiveJob",
                        "POST",
                        JOB + "/archive",
                        Role.SUBMITTER,
                        request -> archive(request, true)),
                new Operation(
                        "restoreJob",
                        "POST",
                        JOB + "/restore",
                        Role.SUBMITTER,
                        request -> archive(request, false)),
                new Operation(
                        "createAgentToken",
                        "POST",
                        JOB + "/agent-token",
                        Role.SUBMITTER,
                        this::agentToken));
    }

    private Answer agentToken(Request request) {
        request.allowOnly(Set.of());
        String token = host.agentToken(changed(request));
        return new Answer.Json(201, NODES.objectNode().put("token", token), Map.of());
    }

    private ObjectNode document(JobView view) {
        return documents.of(view);
    }

    private Answer list(Request request) {
        String workspace = Keys.workspace(request);
        JobFilter filter = JobListing.filter(request);
        List<JobView> jobs = host.list(workspace, filter);
        ObjectNode page = NODES.objectNode();
        ArrayNode items = page.putArray("items");
        jobs.forEach(job -> items.add(document(job)));
        page.put(
                "next_cursor",
                jobs.size() < filter.max() ? null : JobListing.cursor(jobs.getLast().job()));
        return Answer.ok(page);
    }

    private Answer create(Request request) {
        return submit(request, Optional.empty());
    }

    private Answer put(Request request) {
        return submit(request, Optional.of(Keys.job(request).name()));
    }

    private Answer retry(Request request) {
        JobKey key = changed(request);
        request.allowOnly(Set.of());
        RetryOrder order = RetryReader.read(request, key.name());
        try {
            return made(host.retry(key.workspace(), order, request.caller().user()), List.of());
        } catch (RetryException e) {
            int status = e.kind() == RetryException.Kind.JOB_NOT_ENDED ? 409 : 422;
            throw Problem.of(status, e.kind().name(), String.valueOf(e.getMessage()));
        }
    }

    private Answer submit(Request request, Optional<String> name) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of());
        RunRequest run = SubmissionReader.read(request, name);
        Keys.compute(request, host.computeOf(workspace, run));
        Submitted submitted = host.submit(workspace, run, request.caller().user());
        return made(submitted, run.loaded().warnings());
    }

    private Answer made(Submitted submitted, List<Notice> warnings) {
        ObjectNode document = document(submitted.job());
        document.set("notices", notices(warnings));
        return submitted.made()
                ? new Answer.Json(
                        201,
                        document,
                        Map.of("Location", "/api/v1" + submitted.job().job().key().id()))
                : Answer.ok(document);
    }

    private Answer validate(Request request) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of());
        ObjectNode result = NODES.objectNode();
        try {
            RunRequest run = SubmissionReader.check(request);
            Keys.compute(request, host.computeOf(workspace, run));
            PreparedRun prepared = host.check(workspace, run, request.caller().user());
            result.put("valid", true);
            result.putArray("errors");
            result.set("notices", notices(prepared.notices()));
        } catch (InvalidJobException e) {
            result.put("valid", false);
            ArrayNode errors = result.putArray("errors");
            e.mistakes().forEach(mistake -> errors.add(ProblemJson.mistake(mistake)));
            result.putArray("notices");
        } catch (HostRefusal e) {
            result.put("valid", false);
            result.putArray("errors")
                    .addObject()
                    .put("code", e.code())
                    .put("message", String.valueOf(e.getMessage()))
                    .put("path", "compute");
            result.putArray("notices");
        }
        return Answer.ok(result);
    }

    private static ArrayNode notices(List<Notice> notices) {
        ArrayNode array = NODES.arrayNode();
        for (Notice notice : notices) {
            boolean placed = notice.place().line() > 0;
            array.addObject()
                    .put("message", notice.text())
                    .put("path", notice.path())
                    .put("line", placed ? notice.place().line() : null)
                    .put("column", placed ? notice.place().column() : null);
        }
        return array;
    }

    private Answer get(Request request) {
        request.allowOnly(Set.of());
        return Answer.ok(document(host.find(Keys.job(request))));
    }

    /** The job that is to be changed, by one who may. */
    private JobKey changed(Request request) {
        JobKey key = Keys.job(request);
        if (!request.caller().computes().isEmpty()) {
            Keys.compute(request, host.find(key).job().compute());
        }
        return key;
    }

    private Answer update(Request request) {
        request.allowOnly(Set.of());
        JobKey key = changed(request);
        JobPatch patch = JobPatch.read(request);
        String user = request.caller().user();
        return Answer.ok(
                document(
                        host.update(
                                key,
                                job ->
                                        job.withTexts(
                                                patch.applied(job.texts()),
                                                user,
                                                clock.instant()))));
    }

    private Answer delete(Request request) {
        request.allowOnly(Set.of());
        host.delete(changed(request));
        return new Answer.Empty(204);
    }

    private Answer cancel(Request request) {
        request.allowOnly(Set.of());
        JobView job = host.cancel(changed(request), request.caller().user());
        return new Answer.Json(202, document(job), Map.of());
    }

    private Answer archive(Request request, boolean away) {
        request.allowOnly(Set.of());
        String user = request.caller().user();
        return Answer.ok(
                document(
                        host.update(
                                changed(request),
                                job -> job.withArchived(away, user, clock.instant()))));
    }
}
