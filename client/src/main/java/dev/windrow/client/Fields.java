package dev.windrow.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A part of a job as it would stand in a file, unchecked; not for more than one thread. */
final class Fields {
    private final Map<String, Object> values = new LinkedHashMap<>();

    void put(String key, Object value) {
        values.put(key, value);
    }

    /** Puts one entry into the mapping that stands at the key, made when there is none. */
    void putIn(String key, String name, Object value) {
        below(key).put(name, value);
    }

    /** Fills a part of its own and puts that at the key, in place of what was there. */
    <B> void putPart(String key, Supplier<B> fresh, Consumer<B> filling, Part<B> part) {
        B builder = fresh.get();
        filling.accept(builder);
        put(key, part.fields(builder).tree());
    }

    Map<String, Object> tree() {
        return Collections.unmodifiableMap(values);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> below(String key) {
        return (Map<String, Object>)
                values.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
    }

    /** Gives the fields that a builder has filled. */
    interface Part<B> {
        Fields fields(B builder);
    }
}
