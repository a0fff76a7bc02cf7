package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.secret.SecretStore;
import dev.windrow.runtime.secret.SecretStore.Known;
import dev.windrow.spec.SecretReference;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sets, lists and removes the secrets of a workspace; no answer ever holds a value. */
public final class SecretOperations {

    private static final String SECRETS = "/api/v1/workspaces/{ws}/secrets";
    private static final int VALUE_MOST = 65_536;

    private final JobHost host;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, SecretStore> stores = new ConcurrentHashMap<>();

    public SecretOperations(JobHost host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
    }

    /** The operations, as the contract names them. */
    public List<Operation> all() {
        return List.of(
                new Operation("listSecrets", "GET", SECRETS, Role.READER, this::list),
                new Operation("setSecret", "PUT", SECRETS + "/{name}", Role.ADMIN, this::set),
                new Operation(
                        "removeSecret", "DELETE", SECRETS + "/{name}", Role.ADMIN, this::remove));
    }

    private SecretStore store(Request request) {
        String workspace = Keys.workspace(request);
        // One for each, since what changes its file must not do so twice at one time.
        return stores.computeIfAbsent(
                workspace, name -> SecretStore.of(host.assembly(name).home()));
    }

    private Answer list(Request request) {
        request.allowOnly(Set.of("max", "cursor"));
        int max = request.whole("max", 1, JobListing.MAX, JobListing.USUAL);
        String after = request.query("cursor").map(Cursor::read).orElse("");
        List<Known> rest =
                store(request).all().stream()
                        .filter(secret -> secret.name().compareTo(after) > 0)
                        .toList();
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        rest.stream().limit(max).forEach(secret -> items.add(json(secret)));
        page.put("next_cursor", rest.size() > max ? Cursor.of(rest.get(max - 1).name()) : null);
        return Answer.ok(page);
    }

    private static ObjectNode json(Known secret) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", secret.name())
                .put("updated_at", secret.updatedAt().toString())
                .put("updated_by", secret.updatedBy());
    }

    private Answer set(Request request) {
        request.allowOnly(Set.of());
        SecretStore store = store(request);
        String name = name(request);
        String value = value(request);
        if (!store.set(name, value, request.caller().user(), clock.instant())) {
            throw Problem.of(
                    409,
                    "TOO_MANY_SECRETS",
                    "secrets: %d (expected: at most that many; remove some first)"
                            .formatted(SecretStore.MOST));
        }
        return new Answer.Empty(204);
    }

    /** No refusal repeats what may be a secret, however it was sent. */
    private static String value(Request request) {
        Optional<String> value = Optional.empty();
        try {
            ObjectNode body = request.object(Set.of("application/json"));
            JsonNode node = body.path("value");
            if (node.isString() && body.size() == 1) {
                value = Optional.of(node.stringValue());
            }
        } catch (Problem problem) {
            if (problem.status() != 400) {
                throw problem;
            }
        }
        return value.filter(text -> !text.isEmpty() && text.length() <= VALUE_MOST)
                .orElseThrow(() ->
                        Problem.invalid(
                                "body",
                                "not shown",
                                "{\"value\": a text of 1 to %d characters}".formatted(VALUE_MOST)));
    }

    private static String name(Request request) {
        String name = request.path("name");
        if (!SecretReference.NAME.matcher(name).matches()) {
            throw Problem.invalid("name", name, SecretReference.RULE);
        }
        return name;
    }

    private Answer remove(Request request) {
        request.allowOnly(Set.of());
        SecretStore store = store(request);
        String name = name(request);
        if (!store.remove(name)) {
            throw Problem.of(
                    404,
                    "SECRET_NOT_FOUND",
                    "name: %s (expected: one that is listed)".formatted(name));
        }
        return new Answer.Empty(204);
    }
}
