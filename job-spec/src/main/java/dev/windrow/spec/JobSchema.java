package dev.windrow.spec;

import dev.windrow.model.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON Schema of a job file, for editors; made of the table that jobs are read by. */
public final class JobSchema {
    private static final String EXPRESSION = "\\$\\{\\{[^{}]*\\}\\}";

    private JobSchema() {}

    /** Gives the schema as indented JSON, with a line break at its end. */
    public static String json() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Windrow parallel job");
        schema.putAll(section(Section.JOB));
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (Section section : Section.values()) {
            if (section != Section.JOB) {
                definitions.put(name(section), section(section));
            }
        }
        schema.put("$defs", definitions);
        return JsonText.indented(schema);
    }

    private static Map<String, Object> section(Section section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        FieldTable.of(section)
                .values()
                .forEach(field -> properties.put(field.name(), property(field)));
        List<String> required =
                FieldTable.of(section).values().stream()
                        .filter(Field::required)
                        .map(Field::name)
                        .toList();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        object.put("properties", properties);
        return object;
    }

    private static Map<String, Object> property(Field field) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", field.about());
        property.putAll(type(field.type()));
        return property;
    }

    private static Map<String, Object> type(FieldType type) {
        return switch (type) {
            case FieldType.Text _ -> Map.of("type", scalars());
            case FieldType.Shaped(String regex, String _) -> pattern("^" + regex + "$");
            case FieldType.Whole(Range range, boolean bindable) -> whole(range, bindable);
            case FieldType.Flag _ -> Map.of("type", "boolean");
            case FieldType.Choice(List<String> values) -> pattern(anyCase(values));
            case FieldType.Size _ ->
                    Map.of(
                            "anyOf",
                            List.of(
                                    ordered("type", "integer", "minimum", 1),
                                    pattern("^[0-9]+([kKmMgG][bB])?$"),
                                    pattern("^" + EXPRESSION + "$")));
            case FieldType.TextMap _ ->
                    ordered("type", "object", "additionalProperties", Map.of("type", scalars()));
            case FieldType.Texts(boolean oneAllowed) -> texts(oneAllowed);
            case FieldType.Reference(String space) ->
                    pattern("^\\s*\\$\\{\\{\\s*" + space + "\\.[A-Za-z0-9_-]+\\s*\\}\\}\\s*$");
            case FieldType.Nested(Section section) -> reference(section);
            case FieldType.TextOrNested(Section section) ->
                    Map.of("anyOf", List.of(Map.of("type", "string"), reference(section)));
            case FieldType.TextOrCarried _ -> Map.of("type", List.of("string", "object"));
            case FieldType.Named(Section section, String _) -> named(section);
            case FieldType.Scalar _ -> Map.of("type", scalars());
            case FieldType.Carried _ -> Map.of();
            case FieldType.Refused _ -> Map.of("not", Map.of());
        };
    }

    private static Map<String, Object> named(Section section) {
        Map<String, Object> bare = Map.of("type", List.of("string", "number", "boolean", "null"));
        return ordered(
                "type",
                "object",
                "additionalProperties",
                Map.of("anyOf", List.of(reference(section), bare)));
    }

    private static Map<String, Object> whole(Range range, boolean bindable) {
        Map<String, Object> number = ordered("type", "integer", "minimum", range.min());
        number.put("maximum", range.max());
        return bindable
                ? Map.of("anyOf", List.of(number, pattern("^" + EXPRESSION + "$")))
                : number;
    }

    private static Map<String, Object> texts(boolean oneAllowed) {
        Map<String, Object> list = ordered("type", "array", "items", Map.of("type", scalars()));
        return oneAllowed ? Map.of("anyOf", List.of(Map.of("type", "string"), list)) : list;
    }

    private static List<String> scalars() {
        return List.of("string", "number", "boolean");
    }

    private static Map<String, Object> pattern(String regex) {
        return ordered("type", "string", "pattern", regex);
    }

    /** JSON Schema compares letters, so each letter becomes a pair of cases. */
    private static String anyCase(List<String> values) {
        return values.stream()
                .map(value ->
                        value.chars()
                                .mapToObj(letter -> bothCases((char) letter))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("|", "^(", ")$"));
    }

    private static String bothCases(char letter) {
        return Character.isLetter(letter)
                ? "[" + Character.toLowerCase(letter) + Character.toUpperCase(letter) + "]"
                : String.valueOf(letter);
    }

    private static Map<String, Object> reference(Section section) {
        return Map.of("$ref", "#/$defs/" + name(section));
    }

    private static String name(Section section) {
        return section.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> ordered(
            String key1, Object value1, String key2, Object value2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }
}
