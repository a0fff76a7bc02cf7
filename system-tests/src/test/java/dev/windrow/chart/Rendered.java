package dev.windrow.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The objects of a rendered chart, hooks among them. */
record Rendered(List<Map<?, ?>> objects) {

    static Rendered of(String yaml) {
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object one : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (one instanceof Map<?, ?> object) {
                objects.add(object);
            }
        }
        return new Rendered(objects);
    }

    /** Those of a kind. */
    List<Map<?, ?>> all(String kind) {
        return objects.stream().filter(one -> kind.equals(one.get("kind"))).toList();
    }

    /** The only one of a kind. */
    Map<?, ?> only(String kind) {
        List<Map<?, ?>> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(kind + ": " + found.size());
        }
        return found.getFirst();
    }

    /** The one of a kind and a name. */
    Map<?, ?> named(String kind, String name) {
        return all(kind).stream()
                .filter(one -> name.equals(at(one, "metadata.name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
    }

    /** All pods that the chart brings about: their specifications. */
    List<Map<?, ?>> pods() {
        List<Map<?, ?>> pods = new ArrayList<>();
        for (Map<?, ?> object : objects) {
            switch (String.valueOf(object.get("kind"))) {
                case "Pod" -> pods.add(map(object, "spec"));
                case "StatefulSet", "Job" -> pods.add(map(object, "spec.template.spec"));
                default -> {
                    // No pods come of it.
                }
            }
        }
        return pods;
    }

    /** The command of the server. */
    List<String> serverArguments() {
        return texts(only("StatefulSet"), "spec.template.spec.containers.0.args");
    }

    /** What is at a path of keys and places. */
    static @Nullable Object at(@Nullable Object from, String path) {
        Object now = from;
        for (String step : path.split("\\.")) {
            now =
                    switch (now) {
                        case Map<?, ?> map -> map.get(step);
                        case List<?> list when Integer.parseInt(step) < list.size() ->
                                list.get(Integer.parseInt(step));
                        case null, default -> null;
                    };
        }
        return now;
    }

    /** The mapping at a path; empty when there is none. */
    static Map<Object, Object> map(Map<?, ?> from, String path) {
        return at(from, path) instanceof Map<?, ?> map ? Map.copyOf(map) : Map.of();
    }

    /** The list of mappings at a path; empty when there is none. */
    static List<Map<?, ?>> maps(Map<?, ?> from, String path) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (at(from, path) instanceof List<?> list) {
            list.forEach(one -> maps.add((Map<?, ?>) one));
        }
        return maps;
    }

    /** The list of texts at a path; empty when there is none. */
    static List<String> texts(Map<?, ?> from, String path) {
        return at(from, path) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The YAML that a ConfigMap holds. */
    Map<Object, Object> file(String configMap, String name) {
        Object text =
                Optional.ofNullable(map(named("ConfigMap", configMap), "data").get(name))
                        .orElse("");
        Object read = new Load(LoadSettings.builder().build()).loadFromString(text.toString());
        return read instanceof Map<?, ?> map ? Map.copyOf(map) : Map.of();
    }
}
