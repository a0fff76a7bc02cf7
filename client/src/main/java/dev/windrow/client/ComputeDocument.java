package dev.windrow.client;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compute as a server or a file has it; read without trust, since either may be of another
 * version.
 *
 * @param root the whole document, keys in its order
 */
record ComputeDocument(Map<String, @Nullable Object> root) {

    ComputeDocument {
        root = Collections.unmodifiableMap(new LinkedHashMap<>(root));
    }

    static ComputeDocument of(Map<?, ?> document) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        document.forEach((key, value) -> root.put(String.valueOf(key), value));
        return new ComputeDocument(root);
    }

    Map<?, ?> properties() {
        return SerializedCompute.map(root.get("properties"));
    }

    Map<?, ?> inner() {
        return SerializedCompute.map(properties().get("properties"));
    }

    Optional<String> text(String key) {
        return text(root.get(key));
    }

    /** Gives a text that every compute has. */
    String needed(String key) {
        return text(key)
                .orElseThrow(() ->
                        ServerException.badAnswer(
                                "%s: %s (expected: a text)".formatted(key, root.get(key))));
    }

    static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<Instant> moment(String key) {
        try {
            return text(properties().get(key)).map(Instant::parse);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        SerializedCompute.map(root.get("tags"))
                .forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
        return Collections.unmodifiableMap(tags);
    }

    ProvisioningState state() {
        return text(properties().get("provisioningState"))
                .map(ProvisioningState::of)
                .orElse(ProvisioningState.UNKNOWN);
    }

    List<ComputeFault> errors() {
        List<ComputeFault> errors = new ArrayList<>();
        if (properties().get("provisioningErrors") instanceof List<?> list) {
            for (Object one : list) {
                Map<?, ?> error = SerializedCompute.map(SerializedCompute.map(one).get("error"));
                errors.add(
                        new ComputeFault(
                                text(error.get("code")).orElse("UNKNOWN"),
                                text(error.get("message")).orElse("")));
            }
        }
        return List.copyOf(errors);
    }

    /** Gives the id of the last operation, never an address. */
    Optional<String> operation() {
        return text("operation").map(link -> link.substring(link.lastIndexOf('/') + 1));
    }

    /** Gives the same in another state, with another operation. */
    ComputeDocument passing(ProvisioningState state, String operation) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(root);
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties().forEach((key, value) -> properties.put(String.valueOf(key), value));
        properties.put("provisioningState", state.toString());
        changed.put("properties", properties);
        changed.put("operation", operation);
        return new ComputeDocument(changed);
    }
}
