package dev.windrow.client;

import dev.windrow.client.FakeApi.Reply;
import dev.windrow.client.FakeApi.Request;
import dev.windrow.spec.compute.AttachDocument;
import dev.windrow.spec.compute.InvalidComputeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Computes of the fake server: an operation ends at the second look, unless it is silent. */
final class FakeComputes {
    static final String COMPUTES = "/api/v1/workspaces/default/computes";
    static final String OPERATIONS = "/api/v1/workspaces/default/operations";

    private static final String NOON = "2026-11-22T12:00:00Z";

    private final Map<String, Entry> computes = new TreeMap<>();
    private final Map<String, Entry> operations = new LinkedHashMap<>();

    /** A compute, or this machine when nothing was attached. */
    private static final class Entry {
        private final String name;
        private @Nullable AttachDocument attached;
        private Map<String, String> tags = Map.of();
        private @Nullable String description;
        private String state = "Succeeded";
        private String kind = "";
        private String operation = "";
        private int looks;

        Entry(String name) {
            this.name = name;
        }

        boolean silent() {
            AttachDocument now = attached;
            return now != null && now.attachment().cluster().text().equals("context:silent");
        }

        boolean bad() {
            AttachDocument now = attached;
            return now != null && now.attachment().cluster().text().equals("context:bad");
        }

        void begin(String what, String passing) {
            kind = what;
            state = passing;
            operation = UUID.randomUUID().toString();
            looks = 0;
        }
    }

    FakeComputes() {
        computes.put("local", new Entry("local"));
    }

    Reply answer(Request request) {
        if (request.path().startsWith(OPERATIONS)) {
            return operation(request.path().substring(OPERATIONS.length() + 1));
        }
        if (request.path().equals(COMPUTES)) {
            Map<String, @Nullable Object> page = new LinkedHashMap<>();
            page.put("items", computes.values().stream().map(FakeComputes::document).toList());
            page.put("next_cursor", null);
            return Reply.json(200, page);
        }
        String[] steps = request.path().substring(COMPUTES.length() + 1).split("/", 2);
        if (request.method().equals("PUT")) {
            return attach(steps[0], request);
        }
        @Nullable Entry entry = computes.get(steps[0]);
        if (entry == null) {
            return Reply.problem(404, "COMPUTE_NOT_FOUND", steps[0]);
        }
        return steps.length == 2 ? part(entry, steps[1]) : own(entry, request);
    }

    private Reply own(Entry entry, Request request) {
        return switch (request.method()) {
            case "PATCH" -> {
                patch(entry, request.body());
                yield Reply.json(200, document(entry));
            }
            case "DELETE" -> away(entry, request);
            default -> Reply.json(200, document(entry));
        };
    }

    private static void patch(Entry entry, Map<?, ?> patch) {
        Map<String, String> tags = new LinkedHashMap<>(entry.tags);
        if (patch.get("tags") instanceof Map<?, ?> changes) {
            changes.forEach((key, value) -> {
                if (value == null) {
                    tags.remove(String.valueOf(key));
                } else {
                    tags.put(String.valueOf(key), String.valueOf(value));
                }
            });
        }
        entry.tags = tags;
        if (patch.get("properties") instanceof Map<?, ?> changes) {
            Object text = changes.get("description");
            entry.description = text == null ? null : text.toString();
        }
    }

    private Reply away(Entry entry, Request request) {
        if (request.one("action").equals("delete")) {
            return Reply.problem(
                    405, "DELETE_NOT_SUPPORTED", "windrow compute detach " + entry.name);
        }
        if (entry.attached == null) {
            return Reply.problem(409, "NOT_DETACHABLE", "It stays.");
        }
        if (!entry.state.equals("Succeeded")
                && !entry.state.equals("Failed")
                && !request.one("force").equals("true")) {
            return Reply.problem(409, "COMPUTE_BUSY", "It goes on.");
        }
        entry.begin("detach", "Deleting");
        operations.put(entry.operation, entry);
        return Reply.json(202, operationDocument(entry));
    }

    private Reply attach(String name, Request request) {
        if (name.equals("local")) {
            return Reply.problem(409, "COMPUTE_NAME_RESERVED", name);
        }
        AttachDocument wanted;
        try {
            wanted = AttachDocument.read(request.body());
        } catch (InvalidComputeException e) {
            return Reply.problem(400, "INVALID_COMPUTE", String.valueOf(e.getMessage()));
        }
        boolean made = !computes.containsKey(name);
        Entry entry = computes.computeIfAbsent(name, Entry::new);
        boolean same = wanted.equals(entry.attached) && !entry.state.equals("Failed");
        if (!same && !made && !entry.state.equals("Succeeded") && !entry.state.equals("Failed")) {
            return Reply.problem(409, "COMPUTE_BUSY", "It goes on.");
        }
        if (!same) {
            entry.attached = wanted;
            entry.tags = wanted.tags();
            entry.description = wanted.description().orElse(null);
            entry.begin("attach", made ? "Creating" : "Updating");
            operations.put(entry.operation, entry);
        }
        return Reply.json(made ? 201 : 200, document(entry));
    }

    private Reply operation(String id) {
        @Nullable Entry entry = operations.get(id);
        if (entry == null) {
            return Reply.problem(404, "OPERATION_NOT_FOUND", id);
        }
        entry.looks++;
        boolean detach = entry.kind.equals("detach");
        if (entry.looks > 1 && (detach || !entry.silent())) {
            entry.state = !detach && entry.bad() ? "Failed" : "Succeeded";
            if (detach) {
                computes.remove(entry.name);
            }
        }
        return Reply.json(200, operationDocument(entry));
    }

    private static Map<String, @Nullable Object> operationDocument(Entry entry) {
        boolean ended = entry.state.equals("Succeeded") || entry.state.equals("Failed");
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", entry.operation);
        map.put("kind", entry.kind);
        map.put("target", entry.name);
        map.put("state", ended ? entry.state : "InProgress");
        map.put("force", false);
        map.put("error", entry.state.equals("Failed") ? fault() : null);
        map.put("started_at", NOON);
        map.put("started_by", "ann");
        map.put("ended_at", ended ? NOON : null);
        return map;
    }

    private static Map<String, String> fault() {
        return Map.of("code", "NAMESPACE_NOT_FOUND", "message", "namespace: it is not there");
    }

    private static Reply part(Entry entry, String part) {
        if (part.equals("quota")) {
            Map<String, Object> item = Map.of("name", "running_jobs", "used", "0", "limit", "4");
            return Reply.json(200, Map.of("items", List.of(item)));
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", entry.name);
        map.put("provisioning_state", entry.state);
        map.put("error", entry.state.equals("Failed") ? fault() : null);
        map.put("creation_time", NOON);
        map.put("modified_time", NOON);
        map.put("health", List.of(Map.of("name", "python", "ok", true, "message", "found")));
        map.put("jobs_running", 0);
        map.put("jobs_waiting", 0);
        map.put("running", List.of());
        map.put(
                "machine",
                entry.attached == null
                        ? Map.of("cpus", 2, "memory_bytes", 1L << 40, "gpus", 0)
                        : null);
        return Reply.json(200, map);
    }

    private static Map<String, @Nullable Object> document(Entry entry) {
        Optional<AttachDocument> attached = Optional.ofNullable(entry.attached);
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        attached.ifPresent(one -> {
            inner.put("namespace", one.attachment().namespace());
            inner.put("createNamespace", one.attachment().createNamespace());
            inner.put("defaultInstanceType", "small");
            inner.put("instanceTypes", Map.of("small", Map.of("nodeSelector", Map.of())));
        });
        List<Object> errors = new ArrayList<>();
        if (entry.state.equals("Failed")) {
            errors.add(Map.of("error", fault()));
        }
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("computeType", attached.isPresent() ? "Kubernetes" : "Local");
        properties.put("computeLocation", attached.isPresent() ? "rack-1" : null);
        properties.put("description", entry.description);
        properties.put(
                "resourceId", attached.map(one -> one.attachment().cluster().text()).orElse(null));
        properties.put("createdOn", NOON);
        properties.put("modifiedOn", NOON);
        properties.put("provisioningState", entry.state);
        properties.put("provisioningErrors", errors);
        properties.put("properties", inner);
        properties.put("status", null);
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("id", "/workspaces/default/computes/" + entry.name);
        root.put("name", entry.name);
        root.put("workspace", "default");
        root.put("type", attached.isPresent() ? "kubernetes" : "local");
        root.put("location", "local");
        root.put("tags", entry.tags);
        root.put(
                "identity",
                attached.flatMap(one -> one.attachment().identity())
                        .map(AttachDocument::identity)
                        .orElse(null));
        root.put(
                "operation",
                entry.operation.isEmpty() ? null : "http://elsewhere/x/" + entry.operation);
        root.put("properties", properties);
        return root;
    }
}
