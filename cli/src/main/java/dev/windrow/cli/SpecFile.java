package dev.windrow.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A small YAML or JSON file about a compute or a datastore; what is wrong with it is told at once.
 */
final class SpecFile {

    private static final long BYTES_MOST = 1 << 20;

    private final Path file;
    private final Map<String, @Nullable Object> root;
    private final List<String> mistakes = new ArrayList<>();

    private SpecFile(Path file, Map<String, @Nullable Object> root) {
        this.file = file;
        this.root = root;
    }

    static SpecFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("FILE: %s (expected: a file that is there)".formatted(file));
        }
        if (Files.size(file) > BYTES_MOST) {
            throw new UsageException("FILE: %s (expected: at most 1 MB)".formatted(file));
        }
        try {
            LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
            if (new Load(settings).loadFromString(Files.readString(file))
                    instanceof Map<?, ?> map) {
                return new SpecFile(file, copy(map));
            }
        } catch (YamlEngineException | MalformedInputException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UsageException("FILE: %s (expected: YAML: %s)".formatted(file, why));
        }
        throw new UsageException("FILE: %s (expected: a mapping)".formatted(file));
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** All of it. */
    Map<String, @Nullable Object> root() {
        return root;
    }

    /** Notes every key that is not one of these. */
    void known(Map<?, ?> map, String path, List<String> keys) {
        for (Object key : map.keySet()) {
            if (!keys.contains(String.valueOf(key))) {
                add(path + key, "not used here", "one of " + String.join(", ", keys));
            }
        }
    }

    /** A text at a key. */
    Optional<String> text(Map<?, ?> map, String path, String key) {
        Object value = map.get(key);
        if (value != null && !(value instanceof String)) {
            add(path + key, String.valueOf(value), "a text");
        }
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A mapping at a key; empty when there is none. */
    Map<?, ?> map(String key) {
        Object value = root.get(key);
        if (value != null && !(value instanceof Map<?, ?>)) {
            add(key, String.valueOf(value), "a mapping");
        }
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    void add(String path, String value, String rule) {
        mistakes.add("%s: %s: %s (expected: %s)".formatted(file, path, value, rule));
    }

    /** Refuses the file when anything was noted. */
    void check() {
        if (!mistakes.isEmpty()) {
            throw new UsageException(String.join("\n", mistakes));
        }
    }
}
