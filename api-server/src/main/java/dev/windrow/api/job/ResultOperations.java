package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobPlaces;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.host.JobView;
import dev.windrow.runtime.host.MiniBatches;
import dev.windrow.store.register.JobKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What jobs have done and made: mini-batches, logs, outputs. */
public final class ResultOperations {

    private static final String JOB = "/api/v1/workspaces/{ws}/jobs/{name}";
    private static final String BYTES = "application/octet-stream";
    private static final int NAMES_MOST = 1_000;

    private final JobHost host;
    private final Supplier<String> publicUrl;

    public ResultOperations(JobHost host, Supplier<String> publicUrl) {
        this.host = host;
        this.publicUrl = publicUrl;
    }

    /** The operations, as the contract names them. */
    public List<Operation> all() {
        return List.of(
                read("listMiniBatches", "/mini-batches", this::miniBatches),
                read("getMiniBatch", "/mini-batches/{index}", this::miniBatch),
                read("failedItems", "/failed-items", this::failedItems),
                read("listLogs", "/logs", this::logs),
                read("readLog", "/logs/file", this::log),
                read("listOutputs", "/outputs", this::outputs),
                read("listOutputFiles", "/outputs/{output}/files", this::outputFiles),
                read("readOutput", "/outputs/{output}/file", this::output));
    }

    private static Operation read(String id, String path, Operation.Work work) {
        return new Operation(id, "GET", JOB + path, Role.READER, work);
    }

    private MiniBatches batches(JobKey key) {
        host.find(key);
        return new MiniBatches(host.assembly(key.workspace()), key.name());
    }

    private Answer miniBatches(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of("state", "max", "cursor"));
        int max = request.whole("max", 1, JobListing.MAX, JobListing.USUAL);
        int from = request.query("cursor").map(ResultOperations::index).orElse(-1) + 1;
        String state = request.query("state").orElse("all");
        return Answer.ok(MiniBatchJson.page(batches(key), state, from, max));
    }

    private static int index(String cursor) {
        try {
            return Integer.parseInt(Cursor.read(cursor));
        } catch (NumberFormatException _) {
            throw Cursor.wrong(cursor);
        }
    }

    private Answer miniBatch(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of());
        String index = request.path("index");
        int number;
        try {
            number = Integer.parseUnsignedInt(index);
        } catch (NumberFormatException _) {
            number = -1;
        }
        if (number < 0) {
            throw Problem.invalid("index", index, "a whole number from 0");
        }
        int asked = number;
        return Answer.ok(
                batches(key)
                        .find(number, NAMES_MOST)
                        .map(one -> MiniBatchJson.one(one, batches(key).originalIndexes()))
                        .orElseThrow(() ->
                                Problem.of(
                                        404,
                                        "MINI_BATCH_NOT_FOUND",
                                        "index: %d (expected: one of the plan)".formatted(asked))));
    }

    private Answer failedItems(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of());
        MiniBatches batches = batches(key);
        return new Answer.Lines(
                "application/x-ndjson",
                lines ->
                        batches.failedItems((miniBatch, item, error) ->
                                lines.accept(
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("mini_batch", miniBatch)
                                                .put("item", item)
                                                .put("error", error)
                                                .toString())));
    }

    private Path logsFolder(JobKey key) {
        host.find(key);
        return host.assembly(key.workspace()).catalog().folder(key.name()).logs();
    }

    private Answer logs(Request request) {
        JobKey key = Keys.job(request);
        JobView job = host.find(key);
        Set<String> known = new HashSet<>(LogFilter.PARAMETERS);
        known.addAll(Set.of("max", "cursor"));
        request.allowOnly(known);
        return FilePages.ofKnown(request)
                .below(
                        logsFolder(key),
                        LogFilter.of(request, batches(key)),
                        job.status().terminal(),
                        publicUrl.get() + "/api/v1" + key.id() + "/logs/file?path=");
    }

    private Answer log(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of("path"));
        return new FileTree(logsFolder(key)).file(path(request), "text/plain; charset=utf-8");
    }

    private static String path(Request request) {
        return request.query("path")
                .filter(path -> !path.isEmpty())
                .orElseThrow(() -> Problem.invalid("path", "missing", "one that is listed"));
    }

    private Answer outputs(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of());
        JobStatus status = host.find(key).status();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        JobPlaces places = places(key);
        places.outputs()
                .forEach((name, text) ->
                        output(places, name, text, status, items.addObject().put("name", name)));
        return Answer.ok(body);
    }

    /** Of what only pods see, it is what the job has promised; a look would take a pod. */
    private static void output(
            JobPlaces places, String name, String text, JobStatus status, ObjectNode into) {
        JobPlaces.Unseen unseen = places.volumes().get(name);
        Path location = Path.of(text);
        if (unseen != null) {
            into.put("type", unseen.type());
        } else {
            into.put("type", Files.isDirectory(location) ? "uri_folder" : "uri_file");
        }
        boolean there =
                unseen == null
                        ? status.terminal() && Files.exists(location)
                        : status == JobStatus.COMPLETED;
        into.put("location", text).put("ready", there);
    }

    private JobPlaces places(JobKey key) {
        Assembly assembly = host.assembly(key.workspace());
        return OutputPlaces.of(assembly, key.name());
    }

    private Path output(JobPlaces places, String name) {
        String place = places.outputs().get(name);
        if (place == null) {
            throw Problem.of(
                    404,
                    "OUTPUT_NOT_FOUND",
                    "output: %s (expected: one of %s)"
                            .formatted(name, String.join(", ", places.outputs().keySet())));
        }
        return Path.of(place);
    }

    private Answer outputFiles(Request request) {
        JobKey key = Keys.job(request);
        String name = request.path("output");
        FilePages asked = FilePages.of(request);
        boolean ended = host.find(key).status().terminal();
        JobPlaces places = places(key);
        Path root = output(places, name);
        String url = publicUrl.get() + "/api/v1" + key.id() + "/outputs/" + name + "/file?path=";
        return unseen(key, places, name)
                .map(volume -> volume.page(asked, ended, url))
                .orElseGet(() -> asked.below(root, _ -> true, ended, url));
    }

    private Optional<VolumeOutput> unseen(JobKey key, JobPlaces places, String name) {
        return Optional.ofNullable(places.volumes().get(name))
                .map(one -> new VolumeOutput(host.transfers(), key.workspace(), one.place()));
    }

    private Answer output(Request request) {
        JobKey key = Keys.job(request);
        request.allowOnly(Set.of("path"));
        if (!host.find(key).status().terminal()) {
            throw Problem.of(
                    409,
                    "JOB_NOT_ENDED",
                    "job: %s is %s (expected: one that has ended)"
                            .formatted(key.name(), host.find(key).status().text()));
        }
        JobPlaces places = places(key);
        String name = request.path("output");
        Path root = output(places, name);
        String path = path(request);
        return unseen(key, places, name)
                .map(volume -> volume.file(path, BYTES))
                .orElseGet(() -> new FileTree(root).file(path, BYTES));
    }
}
