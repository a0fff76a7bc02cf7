package dev.windrow.api.http;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks of the fields of a body. */
public final class Fields {

    private Fields() {}

    /** Refuses fields that are not known. */
    public static void allowOnly(ObjectNode body, Set<String> known) {
        allowOnly(body, "", known);
    }

    /**
     * The same for an object within a body.
     *
     * @param path of the object, with the point behind it
     */
    public static void allowOnly(ObjectNode body, String path, Set<String> known) {
        for (String field : body.propertyNames()) {
            if (!known.contains(field)) {
                throw Problem.invalid("body", path + field, oneOf(known));
            }
        }
    }

    /** The rule that a name has to be one of these. */
    static String oneOf(Set<String> names) {
        return "one of " + String.join(", ", names.stream().sorted().toList());
    }

    /** A text that may be left out, of 1 to so many characters. */
    public static Optional<String> text(ObjectNode body, String field, int most) {
        JsonNode node = body.path(field);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isString()
                || node.stringValue().isEmpty()
                || node.stringValue().length() > most) {
            throw Problem.invalid(
                    field, node.toString(), "a text of 1 to %d characters".formatted(most));
        }
        return Optional.of(node.stringValue());
    }

    /**
     * What a text is after a patch, which removes it when it is null.
     *
     * @param field that names it
     * @param node missing when the patch does not speak of it
     */
    public static Optional<String> patched(
            String field, JsonNode node, int most, Optional<String> old) {
        if (node.isMissingNode()) {
            return old;
        }
        if (node.isNull()) {
            return Optional.empty();
        }
        if (!node.isString() || node.stringValue().length() > most) {
            throw Problem.invalid(
                    field,
                    node.toString(),
                    "a text of at most %d characters, or null".formatted(most));
        }
        return Optional.of(node.stringValue());
    }
}
