package dev.windrow.cli;

import dev.windrow.runtime.host.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads how much users and computes may have at one time; what is wrong is told by its key. */
final class LimitsFile {

    private static final Set<String> ROOT = Set.of("users", "computes");
    private static final Set<String> KINDS = Set.of("jobs", "instances", "gpus");
    private static final int MOST = 1_000_000;
    private static final long LONGEST = 1 << 20;

    private final Path file;

    private LimitsFile(Path file) {
        this.file = file;
    }

    static Quota.All read(Path file) throws IOException {
        LimitsFile reading = new LimitsFile(file);
        if (Files.size(file) > LONGEST) {
            throw reading.broken("size", "more than 1 MiB", "less");
        }
        try {
            Object root =
                    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            Map<?, ?> sections = reading.map("limits", root, ROOT);
            return new Quota.All(
                    reading.quotas("users", sections.get("users")),
                    reading.quotas("computes", sections.get("computes")));
        } catch (YamlEngineException _) {
            throw reading.broken("limits", "no YAML", "users and computes");
        }
    }

    private Map<String, Quota> quotas(String path, @Nullable Object section) {
        Map<String, Quota> quotas = new HashMap<>();
        if (section == null) {
            return quotas;
        }
        map(path, section, Set.of())
                .forEach((name, value) -> {
                    String place = path + "." + name;
                    Map<?, ?> kinds = map(place, value, KINDS);
                    quotas.put(
                            String.valueOf(name),
                            new Quota(
                                    number(place, kinds, "jobs"),
                                    number(place, kinds, "instances"),
                                    number(place, kinds, "gpus")));
                });
        return quotas;
    }

    private OptionalInt number(String path, Map<?, ?> kinds, String kind) {
        Object value = kinds.get(kind);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value instanceof Integer number && number >= 0 && number <= MOST) {
            return OptionalInt.of(number);
        }
        throw broken(path + "." + kind, String.valueOf(value), "a whole number from 0 to " + MOST);
    }

    /**
     * @param keys those there may be; none for any
     */
    private Map<?, ?> map(String path, @Nullable Object value, Set<String> keys) {
        if (!(value instanceof Map<?, ?> map)) {
            throw broken(path, "no mapping", "keys with values");
        }
        for (Object key : map.keySet()) {
            if (!keys.isEmpty() && !keys.contains(String.valueOf(key))) {
                throw broken(
                        path,
                        String.valueOf(key),
                        "one of " + String.join(", ", keys.stream().sorted().toList()));
            }
        }
        return map;
    }

    private UsageException broken(String path, String value, String rule) {
        return new UsageException(
                "--limits: %s: %s: %s (expected: %s)".formatted(file, path, value, rule));
    }
}
