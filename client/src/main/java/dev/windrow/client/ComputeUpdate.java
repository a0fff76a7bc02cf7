package dev.windrow.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to a compute: tags and description. Immutable. */
public final class ComputeUpdate {
    private final Map<String, @Nullable String> tags;
    private final Map<String, @Nullable String> properties;

    private ComputeUpdate(
            Map<String, @Nullable String> tags, Map<String, @Nullable String> properties) {
        this.tags = tags;
        this.properties = properties;
    }

    /** Starts with no change. */
    public static ComputeUpdate none() {
        return new ComputeUpdate(Map.of(), Map.of());
    }

    /** Adds or changes a tag. */
    public ComputeUpdate tag(String name, String value) {
        return new ComputeUpdate(with(tags, name, value), properties);
    }

    /** Takes a tag away. */
    public ComputeUpdate withoutTag(String name) {
        return new ComputeUpdate(with(tags, name, null), properties);
    }

    /** Changes what the compute is for. */
    public ComputeUpdate description(String text) {
        return new ComputeUpdate(tags, with(properties, "description", text));
    }

    /** Takes the description away. */
    public ComputeUpdate withoutDescription() {
        return new ComputeUpdate(tags, with(properties, "description", null));
    }

    private static Map<String, @Nullable String> with(
            Map<String, @Nullable String> before, String key, @Nullable String value) {
        Map<String, @Nullable String> more = new LinkedHashMap<>(before);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }

    /** Gives the changes as a JSON merge patch. */
    Map<String, Object> patch() {
        Map<String, Object> patch = new LinkedHashMap<>();
        if (!tags.isEmpty()) {
            patch.put("tags", tags);
        }
        if (!properties.isEmpty()) {
            patch.put("properties", properties);
        }
        return patch;
    }
}
