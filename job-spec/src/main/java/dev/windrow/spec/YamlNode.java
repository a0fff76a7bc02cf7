package dev.windrow.spec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML value and its place in the text. */
sealed interface YamlNode {
    Place place();

    /** What a scalar means under the core schema of YAML 1.2. */
    enum Kind {
        TEXT,
        WHOLE,
        NUMBER,
        TRUTH,
        NULL
    }

    record Scalar(Place place, Kind kind, String text) implements YamlNode {}

    record Sequence(Place place, List<YamlNode> items) implements YamlNode {}

    record Mapping(Place place, Map<String, Entry> entries) implements YamlNode {
        static Mapping empty(Place place) {
            return new Mapping(place, new LinkedHashMap<>());
        }
    }

    record Entry(Place keyPlace, YamlNode value) {}

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }

    /** Says what was found, for a message. */
    default String shown() {
        return switch (this) {
            case Scalar scalar -> scalar.kind() == Kind.NULL ? "nothing" : scalar.text();
            case Sequence _ -> "a list";
            case Mapping _ -> "a mapping";
        };
    }

    /** Gives the value as a tree of maps, lists and plain values. */
    default @Nullable Object plain() {
        return switch (this) {
            case Scalar scalar -> plain(scalar);
            case Sequence sequence -> {
                List<@Nullable Object> list = new ArrayList<>();
                sequence.items().forEach(item -> list.add(item.plain()));
                yield list;
            }
            case Mapping mapping -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                mapping.entries().forEach((key, entry) -> map.put(key, entry.value().plain()));
                yield map;
            }
        };
    }

    private static @Nullable Object plain(Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> scalar.text();
            case WHOLE -> {
                BigInteger number = CoreSchema.whole(scalar.text());
                yield number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
            }
            case NUMBER -> CoreSchema.number(scalar.text());
            case TRUTH -> scalar.text().toLowerCase(Locale.ROOT).equals("true");
            case NULL -> null;
        };
    }
}
