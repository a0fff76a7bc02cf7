package dev.windrow.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** How a result is written: for programs, or for people. */
public enum Form {
    JSON,
    TABLE,
    YAML,
    TSV;

    /** All of them, as they are asked for. */
    public static final String NAMES =
            Arrays.stream(values()).map(Form::text).collect(Collectors.joining(", "));

    /** The form of that name. */
    public static Optional<Form> of(String text) {
        return Arrays.stream(values()).filter(form -> form.text().equals(text)).findFirst();
    }

    /** As it is asked for. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * One result.
     *
     * @param document maps, lists, texts, numbers and nulls
     * @param table its lines for people
     * @param row its values in one row
     */
    public List<String> one(
            Map<String, ? extends @Nullable Object> document,
            List<String> table,
            List<String> row) {
        return switch (this) {
            case JSON -> List.of(Json.of(document));
            case YAML -> List.of(yaml(document));
            case TABLE -> table;
            case TSV -> List.of(tabbed(row));
        };
    }

    /**
     * A list of results.
     *
     * @param table its lines for people
     * @param rows without a heading
     */
    public List<String> many(
            List<? extends Map<String, ? extends @Nullable Object>> documents,
            List<String> table,
            List<List<String>> rows) {
        return switch (this) {
            case JSON -> List.of(Json.of(documents));
            case YAML -> List.of(yaml(documents));
            case TABLE -> table;
            case TSV -> rows.stream().map(Form::tabbed).toList();
        };
    }

    /** Any value as one line of JSON. */
    public static String json(@Nullable Object value) {
        return Json.any(value);
    }

    /** Any value as YAML. */
    public static String yaml(@Nullable Object document) {
        DumpSettings block =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1_000).build();
        return new Dump(block).dumpToString(document).stripTrailing();
    }

    /** A row of values, between which and after which nothing else separates. */
    public static String tabbed(List<String> row) {
        List<String> clean = new ArrayList<>();
        row.forEach(value -> clean.add(value.replaceAll("[\\t\\r\\n]", " ")));
        return String.join("\t", clean);
    }
}
