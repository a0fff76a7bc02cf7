package dev.windrow.api.compute;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Fields;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.api.job.Cursor;
import dev.windrow.api.job.JobListing;
import dev.windrow.api.job.Keys;
import dev.windrow.runtime.host.DatastoreHost;
import dev.windrow.runtime.host.DatastoreHost.Checked;
import dev.windrow.runtime.host.DatastoreHost.Put;
import dev.windrow.runtime.host.DatastoreHost.Wanted;
import dev.windrow.runtime.host.DatastoreView;
import dev.windrow.store.register.RegisteredDatastore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes, lists, checks and forgets datastores. */
public final class DatastoreRoutes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String DATASTORES = "/api/v1/workspaces/{ws}/datastores";
    private static final String DATASTORE = DATASTORES + "/{name}";
    private static final Set<String> FIELDS = Set.of("type", "path", "description");
    private static final int TYPE_MOST = 64;
    private static final int PATH_MOST = 4_096;
    private static final int DESCRIPTION_MOST = 65_536;

    private final DatastoreHost datastores;

    public DatastoreRoutes(DatastoreHost datastores) {
        this.datastores = datastores;
    }

    /** The operations, as the contract names them. */
    public List<Operation> all() {
        return List.of(
                new Operation("listDatastores", "GET", DATASTORES, Role.READER, this::list),
                new Operation("getDatastore", "GET", DATASTORE, Role.READER, this::get),
                new Operation("putDatastore", "PUT", DATASTORE, Role.ADMIN, this::put),
                new Operation("deleteDatastore", "DELETE", DATASTORE, Role.ADMIN, this::delete),
                new Operation(
                        "checkDatastore",
                        "POST",
                        DATASTORE + "/check",
                        Role.SUBMITTER,
                        this::check));
    }

    private static String name(Request request) {
        String name = request.path("name");
        if (!DatastoreHost.isLegal(name)) {
            throw Problem.invalid("name", name, DatastoreHost.NAME_RULE);
        }
        return name;
    }

    private Answer list(Request request) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of("max", "cursor"));
        int max = request.whole("max", 1, JobListing.MAX, JobListing.USUAL);
        String after = request.query("cursor").map(Cursor::read).orElse("");
        List<DatastoreView> found = datastores.list(workspace, after, max);
        ObjectNode page = NODES.objectNode();
        ArrayNode items = page.putArray("items");
        found.forEach(one -> items.add(document(one)));
        page.put(
                "next_cursor",
                found.size() < max ? null : Cursor.of(found.getLast().datastore().name()));
        return Answer.ok(page);
    }

    private Answer get(Request request) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of());
        return Answer.ok(document(datastores.find(workspace, name(request))));
    }

    private Answer put(Request request) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of());
        String name = name(request);
        ObjectNode body = request.object(Set.of("application/json"));
        Fields.allowOnly(body, FIELDS);
        Wanted wanted =
                new Wanted(
                        text(body, "type", TYPE_MOST).orElse("local"),
                        text(body, "path", PATH_MOST),
                        text(body, "description", DESCRIPTION_MOST));
        Put done = datastores.put(workspace, name, wanted, request.caller().user());
        return new Answer.Json(
                done.made() ? 201 : 200,
                document(done.datastore()),
                done.made()
                        ? Map.of("Location", "/api/v1" + id(done.datastore().datastore()))
                        : Map.of());
    }

    /** A field that is null is as good as missing. */
    private static Optional<String> text(ObjectNode body, String field, int most) {
        return body.path(field).isNull() ? Optional.empty() : Fields.text(body, field, most);
    }

    private Answer delete(Request request) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of());
        datastores.delete(workspace, name(request));
        return new Answer.Empty(204);
    }

    private Answer check(Request request) {
        String workspace = Keys.workspace(request);
        request.allowOnly(Set.of());
        Checked checked = datastores.check(workspace, name(request));
        ObjectNode body = NODES.objectNode();
        body.put("ok", checked.ok());
        body.put("free_bytes", checked.freeBytes().orElse(null));
        ArrayNode findings = body.putArray("findings");
        checked.findings().forEach(one -> findings.add(ComputeJson.finding(one)));
        return Answer.ok(body);
    }

    private static String id(RegisteredDatastore one) {
        return "/workspaces/" + one.workspace() + "/datastores/" + one.name();
    }

    private static ObjectNode document(DatastoreView view) {
        RegisteredDatastore one = view.datastore();
        ObjectNode node = NODES.objectNode();
        node.put("id", id(one));
        node.put("name", one.name());
        node.put("workspace", one.workspace());
        node.put("type", one.kind());
        node.put("path", one.path().orElse(null));
        node.put("location", view.location().text());
        node.put("uri", "azureml://datastores/" + one.name() + "/paths/");
        node.put("is_default", view.usual());
        node.put("description", one.description().orElse(null));
        node.put("created_at", one.trace().createdAt().toString());
        node.put("created_by", one.trace().createdBy());
        node.put("modified_at", one.trace().modifiedAt().toString());
        node.put("modified_by", one.trace().modifiedBy());
        return node;
    }
}
