package dev.windrow.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and copies that several records share. */
final class Rules {
    private Rules() {}

    static IllegalArgumentException broken(String field, Object value, String rule) {
        return new IllegalArgumentException(field + ": " + value + " (expected: " + rule + ")");
    }

    static String notBlank(String field, String value) {
        if (value.isBlank()) {
            throw broken(field, "\"" + value + "\"", "some text");
        }
        return value;
    }

    static void notBlank(String field, Optional<String> value) {
        value.ifPresent(text -> notBlank(field, text));
    }

    static void inRange(String field, Range range, Optional<Bindable<Integer>> value) {
        if (value.isPresent() && value.get() instanceof Bindable.Given<Integer>(Integer number)) {
            range.check(field, number);
        }
    }

    /** Copies a map and keeps its order, which the name of a field's first writer decides. */
    static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Copies a tree of maps, lists and plain values to its leaves. */
    static Map<String, @Nullable Object> deepCopy(Map<?, ?> tree) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(String.valueOf(key), deepCopyValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object deepCopyValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> deepCopy(map);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(deepCopyValue(element)));
                yield Collections.unmodifiableList(copy);
            }
            case Object plain -> plain;
        };
    }
}
