package dev.windrow.cli;

import dev.windrow.cli.view.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a result is printed.
 *
 * @param query what of it; all when empty
 */
record Printing(Form form, Optional<Query> query) {

    boolean isTable() {
        return form == Form.TABLE;
    }

    /** One result, as {@link Form#one} takes it. */
    List<String> one(
            Map<String, ? extends @Nullable Object> document,
            List<String> table,
            List<String> row) {
        return query.isPresent() ? lines(query.get().of(document)) : form.one(document, table, row);
    }

    /** What was done with something. */
    List<String> done(String what, String name) {
        return one(Map.of(what, name), List.of(what + "  " + name), List.of(name));
    }

    /** A list of results, as {@link Form#many} takes it. */
    List<String> many(
            List<? extends Map<String, ? extends @Nullable Object>> documents,
            List<String> table,
            List<List<String>> rows) {
        return query.isPresent()
                ? lines(query.get().of(documents))
                : form.many(documents, table, rows);
    }

    private List<String> lines(@Nullable Object value) {
        return switch (form) {
            case JSON -> List.of(Form.json(value));
            case YAML -> List.of(Form.yaml(value));
            case TSV -> rows(value).stream().map(Form::tabbed).toList();
            case TABLE -> table(value);
        };
    }

    private static List<String> table(@Nullable Object value) {
        List<?> all =
                value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        Set<String> heads = new LinkedHashSet<>();
        for (Object one : all) {
            if (!(one instanceof Map<?, ?> map)) {
                return rows(value).stream().map(row -> String.join("  ", row)).toList();
            }
            map.keySet().forEach(key -> heads.add(String.valueOf(key)));
        }
        if (heads.isEmpty()) {
            return List.of();
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(heads.stream().map(head -> head.toUpperCase(Locale.ROOT)).toList());
        for (Object one : all) {
            Map<?, ?> map = (Map<?, ?>) one;
            lines.add(heads.stream().map(head -> cell(map.get(head))).toList());
        }
        return Columns.of(lines);
    }

    /** A list gives a row for each of its entries, anything else gives one. */
    private static List<List<String>> rows(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(Printing::row).toList();
            default -> List.of(row(value));
        };
    }

    private static List<String> row(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Printing::cell).toList();
            case Map<?, ?> map -> map.values().stream().map(Printing::cell).toList();
            case null, default -> List.of(cell(value));
        };
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            default -> Form.json(value);
        };
    }
}
