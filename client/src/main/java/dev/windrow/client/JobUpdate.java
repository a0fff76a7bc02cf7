package dev.windrow.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to a submitted job: texts and tags; properties can be added, never changed. */
public final class JobUpdate {
    private final Map<String, @Nullable Object> changes;

    private JobUpdate(Map<String, @Nullable Object> changes) {
        this.changes = changes;
    }

    /** Starts with no change. */
    public static JobUpdate none() {
        return new JobUpdate(Map.of());
    }

    /** Changes the name shown to people. */
    public JobUpdate displayName(String name) {
        return with("display_name", name);
    }

    /** Takes the name shown to people away. */
    public JobUpdate withoutDisplayName() {
        return with("display_name", null);
    }

    /** Changes what the job is for. */
    public JobUpdate description(String text) {
        return with("description", text);
    }

    /** Takes the description away. */
    public JobUpdate withoutDescription() {
        return with("description", null);
    }

    /** Adds or changes a tag. */
    public JobUpdate tag(String name, String value) {
        return within("tags", name, value);
    }

    /** Takes a tag away. */
    public JobUpdate withoutTag(String name) {
        return within("tags", name, null);
    }

    /** Adds a property; one that is there already with another value is a conflict. */
    public JobUpdate property(String name, String value) {
        return within("properties", name, value);
    }

    /** Gives the changes as a JSON merge patch. */
    Map<String, @Nullable Object> patch() {
        return changes;
    }

    private JobUpdate with(String key, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(changes);
        more.put(key, value);
        return new JobUpdate(Collections.unmodifiableMap(more));
    }

    private JobUpdate within(String key, String name, @Nullable String value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        if (changes.get(key) instanceof Map<?, ?> before) {
            before.forEach((one, its) -> more.put(String.valueOf(one), its));
        }
        more.put(name, value);
        return with(key, Collections.unmodifiableMap(more));
    }
}
