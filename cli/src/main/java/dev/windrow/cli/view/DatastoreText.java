package dev.windrow.cli.view;

import dev.windrow.client.Datastore;
import dev.windrow.client.DatastoreCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Datastores for people, and in rows. */
public final class DatastoreText {

    private DatastoreText() {}

    /** Where a datastore is. */
    public static List<String> lines(Datastore one) {
        List<String> lines = new ArrayList<>();
        lines.add(one.name() + (one.isDefault() ? "  (default)" : ""));
        ComputeText.add(lines, "type", one.type());
        ComputeText.add(lines, "location", one.location());
        ComputeText.add(lines, "uri", one.uri());
        one.description().ifPresent(text -> ComputeText.add(lines, "description", text));
        return lines;
    }

    /** Name, type, folder, and whether it is the default one. */
    public static List<String> row(Datastore one) {
        return List.of(one.name(), one.type(), one.location(), one.isDefault() ? "default" : "");
    }

    /** A datastore as the server has it. */
    public static Map<String, @Nullable Object> document(Datastore one) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", one.id());
        map.put("name", one.name());
        map.put("workspace", one.workspace());
        map.put("type", one.type());
        map.put("path", one.path().orElse(null));
        map.put("location", one.location());
        map.put("uri", one.uri());
        map.put("is_default", one.isDefault());
        map.put("description", one.description().orElse(null));
        map.put("created_at", one.createdAt().toString());
        map.put("created_by", one.createdBy());
        map.put("modified_at", one.modifiedAt().toString());
        map.put("modified_by", one.modifiedBy());
        return map;
    }

    /** What a check has found. */
    public static List<String> lines(String name, DatastoreCheck check) {
        List<String> lines = new ArrayList<>();
        lines.add((check.ok() ? "usable  " : "not usable  ") + name);
        check.findings()
                .forEach(one -> ComputeText.add(lines, one.name(), ComputeText.finding(one)));
        return lines;
    }

    /** Name, whether it can be used, and free bytes. */
    public static List<String> row(String name, DatastoreCheck check) {
        return List.of(
                name,
                Boolean.toString(check.ok()),
                check.freeBytes().map(String::valueOf).orElse(""));
    }

    /** A check as the server has it. */
    public static Map<String, @Nullable Object> document(DatastoreCheck check) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("ok", check.ok());
        map.put("free_bytes", check.freeBytes().orElse(null));
        map.put("findings", check.findings().stream().map(ComputeText::document).toList());
        return map;
    }
}
