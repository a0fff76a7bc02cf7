package dev.windrow.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parts of a reader share: problems, places and keys carried along. */
final class ReadContext {
    private final Problems problems = new Problems();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    private final boolean strictKeys;

    ReadContext(boolean strictKeys) {
        this.strictKeys = strictKeys;
    }

    Problems problems() {
        return problems;
    }

    Map<String, Place> places() {
        return places;
    }

    boolean strictKeys() {
        return strictKeys;
    }

    Map<String, @Nullable Object> kept() {
        return kept;
    }

    void mistake(MistakeCode code, String path, YamlNode node, String rule) {
        problems.add(code, node.place(), path, node.shown(), rule);
    }

    /** Carries a value along under its path. */
    void keep(List<String> path, @Nullable Object value) {
        Map<String, @Nullable Object> at = kept;
        for (String key : path.subList(0, path.size() - 1)) {
            at = below(at, key);
        }
        at.put(path.getLast(), value);
    }

    @SuppressWarnings("unchecked") // only maps made here stand above a kept value
    private static Map<String, @Nullable Object> below(
            Map<String, @Nullable Object> map, String key) {
        return (Map<String, @Nullable Object>)
                map.computeIfAbsent(key, _ -> new LinkedHashMap<String, @Nullable Object>());
    }
}
