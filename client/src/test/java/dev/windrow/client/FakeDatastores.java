package dev.windrow.client;

import dev.windrow.client.FakeApi.Reply;
import dev.windrow.client.FakeApi.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Datastores of the fake server; it looks at no folder but whether it is absolute. */
final class FakeDatastores {
    static final String DATASTORES = "/api/v1/workspaces/default/datastores";

    private static final String USUAL = "workspaceblobstore";
    private static final String NOON = "2026-11-22T12:00:00Z";

    private final Map<String, Map<String, @Nullable Object>> stores = new TreeMap<>();

    FakeDatastores() {
        stores.put(USUAL, document(USUAL, Map.of()));
    }

    Reply answer(Request request) {
        if (request.path().equals(DATASTORES)) {
            Map<String, @Nullable Object> page = new LinkedHashMap<>();
            page.put("items", List.copyOf(stores.values()));
            page.put("next_cursor", null);
            return Reply.json(200, page);
        }
        String[] steps = request.path().substring(DATASTORES.length() + 1).split("/", 2);
        if (request.method().equals("PUT")) {
            return put(steps[0], request.body());
        }
        if (!stores.containsKey(steps[0])) {
            return Reply.problem(404, "DATASTORE_NOT_FOUND", steps[0]);
        }
        if (steps.length == 2) {
            Map<String, Object> finding = Map.of("name", "reachable", "ok", true, "message", "yes");
            return Reply.json(
                    200, Map.of("ok", true, "free_bytes", 1L << 40, "findings", List.of(finding)));
        }
        return request.method().equals("DELETE")
                ? delete(steps[0])
                : Reply.json(200, stores.get(steps[0]));
    }

    private Reply put(String name, Map<?, ?> body) {
        if (!"local".equals(body.get("type"))) {
            return Reply.problem(422, "DATASTORE_KIND_NOT_BUILT", "type: " + body.get("type"));
        }
        if (body.get("path") instanceof String path && !path.startsWith("/")) {
            return Reply.problem(400, "INVALID_DATASTORE", "path: " + path);
        }
        boolean made = !stores.containsKey(name);
        stores.put(name, document(name, body));
        return Reply.json(made ? 201 : 200, stores.get(name));
    }

    private Reply delete(String name) {
        if (name.equals(USUAL)) {
            return Reply.problem(409, "DEFAULT_DATASTORE", name);
        }
        stores.remove(name);
        return new Reply(204, "text/plain", new byte[0]);
    }

    private static Map<String, @Nullable Object> document(String name, Map<?, ?> body) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", "/workspaces/default/datastores/" + name);
        map.put("name", name);
        map.put("workspace", "default");
        map.put("type", "local");
        map.put("path", body.get("path"));
        map.put("location", body.get("path") == null ? "/home/" + name : body.get("path"));
        map.put("uri", "azureml://datastores/" + name + "/paths/");
        map.put("is_default", name.equals(USUAL));
        map.put("description", body.get("description"));
        map.put("created_at", NOON);
        map.put("created_by", "ann");
        map.put("modified_at", NOON);
        map.put("modified_by", "ann");
        return map;
    }
}
