package dev.windrow.cli;

import dev.windrow.client.Workspace;
import dev.windrow.disk.OwnersFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The file that a user's contexts are in; whatever is wrong with it is told by its key. */
final class ConfigFile {

    private static final Set<String> ROOT = Set.of("current", "contexts");
    private static final Set<String> KEYS =
            Set.of("server", "workspace", "token_file", "token", "ca_file");
    private static final long MOST = 1 << 20;

    private final Path file;

    ConfigFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** {@code WINDROW_CONFIG}, else a file in the user's own folder. */
    static ConfigFile of(Shell shell) {
        String given = shell.environment().getOrDefault("WINDROW_CONFIG", "");
        return new ConfigFile(
                given.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".config/windrow/config.yml")
                        : Path.of(given));
    }

    Path file() {
        return file;
    }

    /** What it holds; nothing when it is not there. */
    Contexts read() throws IOException {
        try {
            if (Files.size(file) > MOST) {
                throw broken("", "more than 1 MiB", "less");
            }
            Object root = new Load(LoadSettings.builder().build()).loadFromString(text());
            return contexts(root == null ? Map.of() : map("", root));
        } catch (NoSuchFileException _) {
            return new Contexts(Optional.empty(), new LinkedHashMap<>());
        } catch (YamlEngineException e) {
            throw new UsageException(
                    "%s: no YAML (expected: contexts as windrow context set writes them)"
                            .formatted(file));
        }
    }

    private String text() throws IOException {
        return Files.readString(file);
    }

    private Contexts contexts(Map<?, ?> root) throws IOException {
        known("", root, ROOT);
        LinkedHashMap<String, Context> all = new LinkedHashMap<>();
        Object contexts = root.get("contexts");
        if (contexts != null) {
            for (Map.Entry<?, ?> entry : map("contexts", contexts).entrySet()) {
                String name = Contexts.checkedName(String.valueOf(entry.getKey()));
                all.put(name, context(name, map("contexts." + name, entry.getValue())));
            }
        }
        return new Contexts(text("", root, "current"), all);
    }

    private Context context(String name, Map<?, ?> fields) throws IOException {
        String path = "contexts." + name;
        known(path, fields, KEYS);
        Optional<String> token = text(path, fields, "token");
        if (token.isPresent()) {
            OwnersText.check(path + ".token", file);
        }
        String server =
                text(path, fields, "server")
                        .orElseThrow(() -> broken(path + ".server", "missing", "an address"));
        return new Context(
                name,
                uri(path + ".server", server),
                text(path, fields, "workspace"),
                text(path, fields, "token_file").map(this::resolved),
                token,
                text(path, fields, "ca_file").map(this::resolved));
    }

    private Path resolved(String path) {
        return file.resolveSibling(path).normalize();
    }

    private URI uri(String path, String text) {
        try {
            return Workspace.at(URI.create(text)).server();
        } catch (IllegalArgumentException _) {
            throw broken(path, text, "http or https, a host, no ? and no #");
        }
    }

    private Map<?, ?> map(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw broken(path, "no mapping", "keys with values");
    }

    private Optional<String> text(String path, Map<?, ?> fields, String key) {
        Object value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw broken(path.isEmpty() ? key : path + "." + key, "no text", "a text");
    }

    private void known(String path, Map<?, ?> fields, Set<String> keys) {
        for (Object key : fields.keySet()) {
            if (!keys.contains(String.valueOf(key))) {
                throw broken(
                        path.isEmpty() ? "key" : path,
                        String.valueOf(key),
                        "one of " + String.join(", ", keys.stream().sorted().toList()));
            }
        }
    }

    private UsageException broken(String path, String value, String rule) {
        String where = path.isEmpty() ? "" : path + ": ";
        return new UsageException("%s: %s%s (expected: %s)".formatted(file, where, value, rule));
    }

    /** Writes it whole or not at all, for its owner alone. */
    void write(Contexts contexts) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        contexts.all().forEach((name, context) -> all.put(name, fields(context)));
        Map<String, Object> root = new LinkedHashMap<>();
        contexts.current().ifPresent(name -> root.put("current", name));
        root.put("contexts", all);
        DumpSettings block =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1_000).build();
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        OwnersFile.replace(
                file, new Dump(block).dumpToString(root).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> fields(Context context) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("server", context.server().toString());
        context.workspace().ifPresent(name -> fields.put("workspace", name));
        context.tokenFile().ifPresent(path -> fields.put("token_file", path.toString()));
        context.token().ifPresent(token -> fields.put("token", token));
        context.caFile().ifPresent(path -> fields.put("ca_file", path.toString()));
        return fields;
    }
}
