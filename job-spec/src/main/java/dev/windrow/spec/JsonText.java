package dev.windrow.spec;

import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes trees as JSON: compact with sorted keys for digests, indented for people. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /** Writes a YAML tree on one line, its keys sorted. */
    static String canonical(YamlNode node) {
        JsonText text = new JsonText();
        text.compact(node);
        return text.out.toString();
    }

    /** Writes maps, lists and plain values over several lines, keys in the order of the maps. */
    static String indented(Map<String, ?> tree) {
        JsonText text = new JsonText();
        text.pretty(tree, "\n");
        return text.out.append('\n').toString();
    }

    private void compact(YamlNode node) {
        switch (node) {
            case Scalar scalar -> {
                boolean quoted = scalar.kind() == Kind.TEXT || scalar.kind() == Kind.NUMBER;
                if (quoted) {
                    quote(scalar.text());
                } else {
                    out.append(String.valueOf(scalar.plain()));
                }
            }
            case Sequence sequence -> {
                char before = '[';
                for (YamlNode item : sequence.items()) {
                    out.append(before);
                    compact(item);
                    before = ',';
                }
                out.append(sequence.items().isEmpty() ? "[]" : "]");
            }
            case Mapping mapping -> {
                char before = '{';
                for (Map.Entry<String, Entry> entry : new TreeMap<>(mapping.entries()).entrySet()) {
                    out.append(before);
                    quote(entry.getKey());
                    out.append(':');
                    compact(entry.getValue().value());
                    before = ',';
                }
                out.append(mapping.entries().isEmpty() ? "{}" : "}");
            }
        }
    }

    private void pretty(@Nullable Object value, String lineBreak) {
        switch (value) {
            case Map<?, ?> map -> {
                String before = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(before).append(lineBreak).append("  ");
                    quote(String.valueOf(entry.getKey()));
                    out.append(": ");
                    pretty(entry.getValue(), lineBreak + "  ");
                    before = ",";
                }
                out.append(map.isEmpty() ? "{}" : lineBreak + "}");
            }
            case List<?> list -> {
                String before = "[";
                for (Object item : list) {
                    out.append(before);
                    pretty(item, lineBreak + "  ");
                    before = ", ";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case String text -> quote(text);
            case null, default -> out.append(Objects.toString(value));
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                out.append('\\').append(letter);
            } else if (letter < ' ' || Character.isSurrogate(letter)) {
                out.append(String.format("\\u%04x", (int) letter));
            } else {
                out.append(letter);
            }
        }
        out.append('"');
    }
}
