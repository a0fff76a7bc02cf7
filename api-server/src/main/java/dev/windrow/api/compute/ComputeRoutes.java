package dev.windrow.api.compute;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.ProblemJson;
import dev.windrow.api.http.Request;
import dev.windrow.api.job.Cursor;
import dev.windrow.api.job.JobListing;
import dev.windrow.api.job.Keys;
import dev.windrow.model.compute.ComputeName;
import dev.windrow.runtime.compute.QuotaFinding;
import dev.windrow.runtime.host.ComputeHost;
import dev.windrow.runtime.host.ComputeHost.Attached;
import dev.windrow.runtime.host.ComputeView;
import dev.windrow.spec.compute.AttachDocument;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.ComputeOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Attaches, lists, shows and detaches computes. */
public final class ComputeRoutes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String WORKSPACE = "/api/v1/workspaces/{ws}";
    private static final String COMPUTES = WORKSPACE + "/computes";
    private static final String COMPUTE = COMPUTES + "/{name}";
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final Set<String> JSON = Set.of("application/json");
    private static final String POLL_SECONDS = "1";

    private final ComputeHost computes;
    private final Supplier<String> publicUrl;

    /**
     * @param publicUrl the server's address without a slash at its end
     */
    public ComputeRoutes(ComputeHost computes, Supplier<String> publicUrl) {
        this.computes = computes;
        this.publicUrl = publicUrl;
    }

    /** The operations, as the contract names them. */
    public List<Operation> all() {
        return List.of(
                new Operation("listComputes", "GET", COMPUTES, Role.READER, this::list),
                new Operation("getCompute", "GET", COMPUTE, Role.READER, this::get),
                new Operation("attachCompute", "PUT", COMPUTE, Role.ADMIN, this::attach),
                new Operation("updateCompute", "PATCH", COMPUTE, Role.ADMIN, this::update),
                new Operation("detachCompute", "DELETE", COMPUTE, Role.ADMIN, this::detach),
                new Operation(
                        "computeStatus", "GET", COMPUTE + "/status", Role.READER, this::status),
                new Operation("computeQuota", "GET", COMPUTE + "/quota", Role.READER, this::quota),
                new Operation(
                        "getOperation",
                        "GET",
                        WORKSPACE + "/operations/{id}",
                        Role.READER,
                        this::operation));
    }

    private static ComputeKey key(Request request) {
        String workspace = Keys.workspace(request);
        String name = request.path("name");
        if (!ComputeName.isLegal(name)) {
            throw Problem.invalid("name", name, ComputeName.RULE);
        }
        return new ComputeKey(workspace, name);
    }

    /** A compute that is to be changed, by one who may. */
    private static ComputeKey changed(Request request) {
        ComputeKey key = key(request);
        Keys.compute(request, key.name());
        return key;
    }

    private ObjectNode document(ComputeView view) {
        return ComputeJson.compute(view, publicUrl.get());
    }

    private Answer list(Request request) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of("type", "max", "cursor"));
        int max = request.whole("max", 1, JobListing.MAX, JobListing.USUAL);
        String after = request.query("cursor").map(Cursor::read).orElse("");
        String type = request.query("type").orElse("");
        if (!Set.of("", "local", ComputeHost.KUBERNETES).contains(type)) {
            throw Problem.invalid("type", type, "local or kubernetes");
        }
        List<ComputeView> found = computes.list(workspace, after, max);
        ObjectNode page = NODES.objectNode();
        ArrayNode items = page.putArray("items");
        found.stream()
                .filter(one -> type.isEmpty() || one.compute().kind().equals(type))
                .forEach(one -> items.add(document(one)));
        page.put(
                "next_cursor",
                found.size() < max ? null : Cursor.of(found.getLast().compute().key().name()));
        return Answer.ok(page);
    }

    private Answer get(Request request) {
        ComputeKey key = key(request);
        request.allowOnly(Set.of());
        return Answer.ok(document(computes.find(key)));
    }

    private Answer attach(Request request) {
        ComputeKey key = changed(request);
        request.allowOnly(Set.of());
        AttachDocument wanted = AttachDocument.read(map(request.object(JSON)));
        Attached attached = computes.attach(key, wanted, request.caller().user());
        Map<String, String> headers = new LinkedHashMap<>();
        if (attached.made()) {
            headers.put("Location", publicUrl.get() + "/api/v1" + key.id());
        }
        attached.operation()
                .ifPresent(id -> headers.put("Operation-Location", link(key.workspace(), id)));
        return new Answer.Json(attached.made() ? 201 : 200, document(attached.compute()), headers);
    }

    private static Map<?, ?> map(ObjectNode body) {
        return Request.json().convertValue(body, Map.class);
    }

    private String link(String workspace, String id) {
        return ComputeJson.operationLink(publicUrl.get(), workspace, id);
    }

    private Answer update(Request request) {
        ComputeKey key = changed(request);
        request.allowOnly(Set.of());
        ComputePatch patch = ComputePatch.read(request);
        return Answer.ok(document(computes.update(key, patch::applied, request.caller().user())));
    }

    private Answer detach(Request request) {
        ComputeKey key = changed(request);
        request.allowOnly(Set.of("action", "force"));
        String action = request.query("action").orElse("detach");
        String force = request.query("force").orElse("false");
        if (action.equals("delete")) {
            throw ProblemJson.of(computes.delete(key)).with("Allow", "DELETE, GET, PATCH, PUT");
        }
        if (!action.equals("detach")) {
            throw Problem.invalid("action", action, "detach");
        }
        if (!force.equals("true") && !force.equals("false")) {
            throw Problem.invalid("force", force, "true or false");
        }
        ComputeOperation begun =
                computes.detach(key, force.equals("true"), request.caller().user());
        return new Answer.Json(
                202,
                ComputeJson.operation(begun),
                Map.of(
                        "Operation-Location",
                        link(key.workspace(), begun.id()),
                        "Retry-After",
                        POLL_SECONDS));
    }

    private Answer status(Request request) {
        ComputeKey key = key(request);
        request.allowOnly(Set.of());
        return Answer.ok(ComputeJson.status(computes.status(key)));
    }

    private Answer quota(Request request) {
        ComputeKey key = key(request);
        request.allowOnly(Set.of());
        ObjectNode body = NODES.objectNode();
        ArrayNode items = body.putArray("items");
        for (QuotaFinding one : computes.quota(key)) {
            items.addObject()
                    .put("name", one.name())
                    .put("used", one.used())
                    .put("limit", one.limit().orElse(null));
        }
        return Answer.ok(body);
    }

    private Answer operation(Request request) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of());
        String id = request.path("id");
        if (!ID.matcher(id).matches()) {
            throw Problem.invalid("id", id, "the id of an operation");
        }
        ComputeOperation found = computes.operation(workspace, id);
        return new Answer.Json(
                200,
                ComputeJson.operation(found),
                found.endedAt().isPresent() ? Map.of() : Map.of("Retry-After", POLL_SECONDS));
    }
}
