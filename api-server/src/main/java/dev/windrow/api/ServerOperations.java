package dev.windrow.api;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What can be asked of the server itself. */
final class ServerOperations {

    private final String version;
    private final Supplier<String> publicUrl;
    private final BooleanSupplier ready;
    private final String contract = contractText();

    ServerOperations(String version, Supplier<String> publicUrl, BooleanSupplier ready) {
        this.version = version;
        this.publicUrl = publicUrl;
        this.ready = ready;
    }

    List<Operation> all() {
        return List.of(
                new Operation("live", "GET", "/livez", Role.NONE, _ -> health(true)),
                new Operation(
                        "ready", "GET", "/readyz", Role.NONE, _ -> health(ready.getAsBoolean())),
                new Operation(
                        "contract",
                        "GET",
                        "/api/openapi.yaml",
                        Role.NONE,
                        _ -> new Answer.Text(200, "application/yaml", contract)),
                new Operation("server", "GET", "/api/v1/server", Role.READER, this::server));
    }

    private static Answer health(boolean up) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("status", up ? "up" : "unready");
        return new Answer.Json(up ? 200 : 503, body, Map.of());
    }

    private Answer server(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("version", version);
        body.put("public_url", publicUrl.get());
        body.put("user", request.caller().user());
        body.put("role", request.caller().role().text());
        body.putArray("computes").add("local");
        return Answer.ok(body);
    }

    private static String contractText() {
        try (InputStream in = ServerOperations.class.getResourceAsStream("openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("resource: openapi.yaml (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
