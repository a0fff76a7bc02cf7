package dev.windrow.api.job;

import dev.windrow.api.http.Fields;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.store.register.RegisteredJob.JobTexts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A merge patch of a job's labels (RFC 7396). */
final class JobPatch {

    private static final Set<String> FIELDS =
            Set.of("display_name", "description", "tags", "properties");
    private static final int KEY_MOST = 512;
    private static final int VALUE_MOST = 4_096;
    private static final int LABELS_MOST = 100;

    private final ObjectNode body;

    private JobPatch(ObjectNode body) {
        this.body = body;
    }

    static JobPatch read(Request request) {
        ObjectNode body =
                request.object(Set.of("application/merge-patch+json", "application/json"));
        Fields.allowOnly(body, FIELDS);
        JobPatch patch = new JobPatch(body);
        patch.text("display_name", 1_024, Optional.empty());
        patch.text("description", 65_536, Optional.empty());
        patch.labels("tags", Map.of(), true);
        patch.labels("properties", Map.of(), false);
        return patch;
    }

    /** The labels afterwards; throws {@link Problem} when a property would change. */
    JobTexts applied(JobTexts old) {
        Map<String, String> properties = labels("properties", old.properties(), false);
        old.properties()
                .forEach((key, value) -> {
                    if (!value.equals(properties.get(key))) {
                        throw Problem.of(
                                409,
                                "PROPERTY_FIXED",
                                "properties.%s: %s (expected: %s; a property is never changed)"
                                        .formatted(key, properties.get(key), value));
                    }
                });
        return new JobTexts(
                text("display_name", 1_024, old.displayName()),
                text("description", 65_536, old.description()),
                old.experimentName(),
                labels("tags", old.tags(), true),
                properties);
    }

    private Optional<String> text(String field, int most, Optional<String> old) {
        return Fields.patched(field, body.path(field), most, old);
    }

    private Map<String, String> labels(String field, Map<String, String> old, boolean removable) {
        JsonNode node = body.path(field);
        Map<String, String> labels = new LinkedHashMap<>(old);
        if (node.isMissingNode()) {
            return labels;
        }
        if (!(node instanceof ObjectNode object) || object.size() > LABELS_MOST) {
            throw Problem.invalid(field, node.toString(), "an object of at most 100 texts");
        }
        for (Map.Entry<String, JsonNode> label : object.properties()) {
            JsonNode value = label.getValue();
            if (label.getKey().isEmpty() || label.getKey().length() > KEY_MOST) {
                throw Problem.invalid(field, label.getKey(), "a key of 1 to 512 characters");
            }
            if (value.isNull() && removable) {
                labels.remove(label.getKey());
            } else if (value.isString() && value.stringValue().length() <= VALUE_MOST) {
                labels.put(label.getKey(), value.stringValue());
            } else {
                throw Problem.invalid(
                        field + "." + label.getKey(),
                        value.toString(),
                        "a text of at most 4096 characters" + (removable ? ", or null" : ""));
            }
        }
        return labels;
    }
}
