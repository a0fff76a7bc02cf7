package dev.windrow.spec;

import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the keys a job carried along back where they stood. */
final class KeptKeys {
    private KeptKeys() {}

    static void merge(Mapping into, Map<?, ?> kept) {
        kept.forEach((key, value) -> mergeOne(into, String.valueOf(key), value));
    }

    private static void mergeOne(Mapping into, String key, @Nullable Object value) {
        @Nullable Entry present = into.entries().get(key);
        if (present == null) {
            into.entries().put(key, new Entry(Place.NONE, node(value)));
        } else if (present.value() instanceof Mapping below && value instanceof Map<?, ?> map) {
            merge(below, map);
        }
    }

    private static YamlNode node(@Nullable Object value) {
        return switch (value) {
            case null -> new Scalar(Place.NONE, Kind.NULL, "null");
            case String text -> new Scalar(Place.NONE, Kind.TEXT, text);
            case Boolean truth -> new Scalar(Place.NONE, Kind.TRUTH, truth.toString());
            case Double number -> new Scalar(Place.NONE, Kind.NUMBER, number(number));
            case Number number -> new Scalar(Place.NONE, Kind.WHOLE, number.toString());
            case Map<?, ?> map -> {
                Mapping mapping = Mapping.empty(Place.NONE);
                merge(mapping, map);
                yield mapping;
            }
            case List<?> list ->
                    new Sequence(Place.NONE, list.stream().map(KeptKeys::node).toList());
            case Object other -> new Scalar(Place.NONE, Kind.TEXT, Objects.toString(other));
        };
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return ".nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? ".inf" : "-.inf";
        }
        return Double.toString(number);
    }
}
