package dev.windrow.api;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Fields;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.api.job.Cursor;
import dev.windrow.store.register.StoredToken;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes, lists and revokes tokens. */
final class TokenOperations {

    private static final Set<String> FIELDS =
            Set.of("user", "role", "workspace", "computes", "expires_in_seconds");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@_.-]{0,127}");
    private static final Pattern WORKSPACE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern POSITION = Pattern.compile("[0-9]{15} [0-9a-f]{64}");
    private static final long LONGEST = 315_360_000;
    private static final int COMPUTES_MOST = 20;
    private static final int PAGE_MOST = 1_000;
    private static final int PAGE_USUAL = 50;

    private final TokenGate gate;

    TokenOperations(TokenGate gate) {
        this.gate = gate;
    }

    List<Operation> all() {
        return List.of(
                new Operation("listTokens", "GET", "/api/v1/tokens", Role.ADMIN, this::list),
                new Operation("createToken", "POST", "/api/v1/tokens", Role.ADMIN, this::create),
                new Operation(
                        "revokeToken", "DELETE", "/api/v1/tokens/{id}", Role.ADMIN, this::revoke));
    }

    private Answer list(Request request) {
        everywhere(request, Set.of("max", "cursor"));
        int max = request.whole("max", 1, PAGE_MOST, PAGE_USUAL);
        Optional<String> after = request.query("cursor").map(Cursor::read);
        List<StoredToken> rest = after.isEmpty() ? gate.all() : after(after.get());
        List<StoredToken> page = rest.stream().limit(max).toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        page.forEach(token -> items.add(json(token)));
        boolean more = page.size() < rest.size();
        body.put("next_cursor", more ? Cursor.of(position(page.getLast())) : null);
        return Answer.ok(body);
    }

    /** By its place in the order, since the token itself may be gone by now. */
    private List<StoredToken> after(String position) {
        if (!POSITION.matcher(position).matches()) {
            throw Cursor.wrong(Cursor.of(position));
        }
        return gate.all().stream()
                .filter(token -> position(token).compareTo(position) > 0)
                .toList();
    }

    private static String position(StoredToken token) {
        return "%015d %s".formatted(token.createdAt().toEpochMilli(), token.hash());
    }

    private Answer create(Request request) {
        everywhere(request, Set.of());
        ObjectNode body = request.object(Set.of("application/json"));
        Fields.allowOnly(body, FIELDS);
        String user = text(body, "user", USER, "1 to 128 letters, digits, @ _ . or -").orElse("");
        if (user.isEmpty()) {
            throw Problem.invalid("user", "missing", "whom the token is for");
        }
        TokenGate.Made made =
                gate.make(
                        new TokenGate.Wanted(
                                user,
                                role(body.path("role")),
                                text(body, "workspace", WORKSPACE, "the name of a workspace"),
                                computes(body.path("computes")),
                                seconds(body.path("expires_in_seconds"))),
                        request.caller().user());
        ObjectNode answer = json(made.stored());
        answer.put("token", made.token());
        return new Answer.Json(201, answer, Map.of());
    }

    private Answer revoke(Request request) {
        everywhere(request, Set.of());
        String id = request.path("id");
        if (!ID.matcher(id).matches() || !gate.revoke(id)) {
            throw Problem.of(
                    404, "TOKEN_NOT_FOUND", "id: %s (expected: one that is listed)".formatted(id));
        }
        return new Answer.Empty(204);
    }

    /** Who is bound to a workspace or to computes must not make tokens for others. */
    private static void everywhere(Request request, Set<String> parameters) {
        request.allowOnly(parameters);
        if (request.caller().workspace().isPresent() || !request.caller().computes().isEmpty()) {
            throw Problem.of(
                    403,
                    "FORBIDDEN",
                    "token: for one workspace or some computes (expected: an admin's of all)");
        }
    }

    private static Set<String> computes(JsonNode node) {
        if (node.isMissingNode()) {
            return Set.of();
        }
        String rule = "1 to %d names of computes".formatted(COMPUTES_MOST);
        if (!(node instanceof ArrayNode array) || array.isEmpty() || array.size() > COMPUTES_MOST) {
            throw Problem.invalid("computes", node.toString(), rule);
        }
        Set<String> names = new TreeSet<>();
        for (JsonNode one : array) {
            if (!one.isString() || !WORKSPACE.matcher(one.stringValue()).matches()) {
                throw Problem.invalid("computes", one.toString(), rule);
            }
            names.add(one.stringValue());
        }
        return names;
    }

    private static Role role(JsonNode node) {
        for (Role role : List.of(Role.READER, Role.SUBMITTER, Role.ADMIN)) {
            if (node.isString()
                    && node.stringValue().equals(role.text().toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        throw Problem.invalid("role", node.toString(), "reader, submitter or admin");
    }

    private static Optional<Long> seconds(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < 1
                || node.longValue() > LONGEST) {
            throw Problem.invalid(
                    "expires_in_seconds", node.toString(), "a whole number from 1 to " + LONGEST);
        }
        return Optional.of(node.longValue());
    }

    private static Optional<String> text(
            ObjectNode body, String field, Pattern pattern, String rule) {
        JsonNode node = body.path(field);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isString() || !pattern.matcher(node.stringValue()).matches()) {
            throw Problem.invalid(field, node.toString(), rule);
        }
        return Optional.of(node.stringValue());
    }

    private static ObjectNode json(StoredToken token) {
        ArrayNode computes = JsonNodeFactory.instance.arrayNode();
        token.computes().forEach(computes::add);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("computes", token.computes().isEmpty() ? node.nullNode() : computes);
        return node.put("id", token.id())
                .put("user", token.user())
                .put("role", token.role())
                .put("workspace", token.workspace().orElse(null))
                .put("created_at", token.createdAt().toString())
                .put("created_by", token.createdBy())
                .put("expires_at", token.expiresAt().map(Object::toString).orElse(null));
    }
}
