package dev.windrow.api.compute;

import dev.windrow.api.http.Fields;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.store.register.RegisteredCompute.ComputeTexts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A merge patch of a compute's labels (RFC 7396). */
final class ComputePatch {

    private static final int KEY_MOST = 512;
    private static final int VALUE_MOST = 4_096;
    private static final int TAGS_MOST = 100;
    private static final int DESCRIPTION_MOST = 65_536;

    private final JsonNode description;
    private final JsonNode tags;

    private ComputePatch(JsonNode description, JsonNode tags) {
        this.description = description;
        this.tags = tags;
    }

    static ComputePatch read(Request request) {
        ObjectNode body =
                request.object(Set.of("application/merge-patch+json", "application/json"));
        Fields.allowOnly(body, Set.of("tags", "properties"));
        JsonNode properties = body.path("properties");
        if (properties instanceof ObjectNode known) {
            Fields.allowOnly(known, "properties.", Set.of("description"));
        } else if (!properties.isMissingNode()) {
            throw Problem.invalid("properties", properties.toString(), "an object");
        }
        ComputePatch patch = new ComputePatch(properties.path("description"), body.path("tags"));
        ComputeTexts _ = patch.applied(ComputeTexts.NONE);
        return patch;
    }

    /** The labels afterwards. */
    ComputeTexts applied(ComputeTexts old) {
        Map<String, String> labels = new LinkedHashMap<>(old.tags());
        if (tags instanceof ObjectNode object) {
            object.properties().forEach(tag -> apply(labels, tag.getKey(), tag.getValue()));
        } else if (!tags.isMissingNode()) {
            throw Problem.invalid("tags", tags.toString(), "an object of at most 100 texts");
        }
        if (labels.size() > TAGS_MOST) {
            throw Problem.invalid("tags", labels.size() + " tags", "at most 100");
        }
        return new ComputeTexts(description(old.description()), labels);
    }

    private static void apply(Map<String, String> labels, String key, JsonNode value) {
        if (key.isEmpty() || key.length() > KEY_MOST) {
            throw Problem.invalid("tags", key, "a key of 1 to 512 characters");
        }
        if (value.isNull()) {
            labels.remove(key);
        } else if (value.isString() && value.stringValue().length() <= VALUE_MOST) {
            labels.put(key, value.stringValue());
        } else {
            throw Problem.invalid(
                    "tags." + key, value.toString(), "a text of at most 4096 characters, or null");
        }
    }

    private Optional<String> description(Optional<String> old) {
        return Fields.patched("properties.description", description, DESCRIPTION_MOST, old);
    }
}
