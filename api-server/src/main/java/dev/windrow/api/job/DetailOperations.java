package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.model.Setting;
import dev.windrow.runtime.JobPlaces;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.host.JobView;
import dev.windrow.spec.JobWriter;
import dev.windrow.store.register.JobEvent;
import dev.windrow.store.register.JobKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one may want to know of a job beside its status: its file, settings, events, and why. */
public final class DetailOperations {

    private static final String JOB = "/api/v1/workspaces/{ws}/jobs/{name}";
    private static final int NOTES = 1_000;
    private static final int LATEST = 5;
    private static final int SHOWN = 50;

    private final JobHost host;
    private final JobDocuments documents;
    private final InstantSource clock;

    /**
     * @param publicUrl the server's address without a slash at its end
     */
    public DetailOperations(JobHost host, Supplier<String> publicUrl, InstantSource clock) {
        this.clock = clock;
        this.host = host;
        this.documents = new JobDocuments(host, publicUrl);
    }

    /** The operations, as the contract names them. */
    public List<Operation> all() {
        return List.of(
                new Operation("dumpJob", "GET", JOB + "/spec", Role.READER, this::spec),
                new Operation("jobSettings", "GET", JOB + "/settings", Role.READER, this::settings),
                new Operation("whyJob", "GET", JOB + "/why", Role.READER, this::why),
                new Operation("jobPage", "GET", "/jobs/{name}", Role.READER, this::page),
                new Operation(
                        "workspaceJobPage",
                        "GET",
                        "/workspaces/{ws}/jobs/{name}",
                        Role.READER,
                        this::page),
                new Operation("jobEvents", "GET", JOB + "/events", Role.READER, this::events));
    }

    private Answer spec(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of());
        host.find(key);
        return new Answer.Text(
                200,
                "application/yaml",
                JobWriter.yaml(host.assembly(key.workspace()).catalog().absolute(key.name())));
    }

    private Answer settings(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of());
        host.find(key);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("settings");
        for (Setting setting : host.assembly(key.workspace()).settings(key.name())) {
            items.addObject()
                    .put("name", setting.name())
                    .put("value", setting.value())
                    .put("source", setting.origin().printed());
        }
        return Answer.ok(body);
    }

    private Answer why(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of());
        JobView job = host.find(key);
        List<JobEvent> notes =
                host.events(key, 0, NOTES).stream()
                        .filter(event -> !event.kind().equals(JobEvent.STATUS))
                        .toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("status", job.status().text());
        body.put("answer", WhyText.of(job));
        ArrayNode latest = body.putArray("notes");
        notes.subList(Math.max(0, notes.size() - LATEST), notes.size())
                .forEach(note -> latest.add(JobEvents.note(note)));
        return Answer.ok(body);
    }

    private Answer page(Request request) {
        JobKey key = Keys.jobOrDefault(request);
        request.allowOnly(Set.of());
        JobView job = host.find(key);
        List<JobEvent> events = host.events(key, 0, NOTES);
        JobPlaces places = OutputPlaces.of(host.assembly(key.workspace()), key.name());
        return new Answer.Text(
                200,
                "text/html; charset=utf-8",
                JobPage.of(
                        job,
                        places,
                        events.subList(Math.max(0, events.size() - SHOWN), events.size()),
                        clock.instant()));
    }

    private Answer events(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of("logs", "log_file"));
        String logs = request.query("logs").orElse("false");
        if (!logs.equals("true") && !logs.equals("false")) {
            throw Problem.invalid("logs", logs, "true or false");
        }
        host.find(key);
        long after = request.header("last-event-id").map(DetailOperations::after).orElse(0L);
        Path folder = host.assembly(key.workspace()).catalog().folder(key.name()).logs();
        Optional<LogTails> followed =
                request.query("log_file").map(path -> LogTails.ofFile(folder, path));
        if (followed.isEmpty() && logs.equals("true")) {
            followed = Optional.of(LogTails.ofScripts(folder));
        }
        return new Answer.Events(new JobEvents(host, documents, key, after, followed));
    }

    private static long after(String id) {
        try {
            long number = Long.parseLong(id);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused below.
        }
        throw Problem.invalid("Last-Event-ID", id, "the id of an event");
    }
}
