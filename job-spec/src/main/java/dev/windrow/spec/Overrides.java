package dev.windrow.spec;

import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what the command line says in place of what the job file says. */
final class Overrides {
    private final ReadContext context;
    private final Mapping root;
    private final Set<String> overridden = new LinkedHashSet<>();

    /** Works on a copy of the root's mappings along each path, never on an aliased node. */
    Overrides(ReadContext context, Mapping root) {
        this.context = context;
        this.root = new Mapping(root.place(), new LinkedHashMap<>(root.entries()));
    }

    Mapping apply(ReadOptions options) {
        options.overrides().forEach(this::set);
        options.inputs().forEach((name, path) -> setPath("inputs", name, path));
        options.outputs().forEach((name, path) -> setPath("outputs", name, path));
        return root;
    }

    Set<String> overridden() {
        return overridden;
    }

    private void set(String override) {
        int equals = override.indexOf('=');
        String path = equals < 0 ? override : override.substring(0, equals);
        if (equals < 1) {
            mistake(override, "", "path=value, such as retry_settings.timeout=120");
            return;
        }
        List<String> keys = keys(path);
        Optional<String> problem = problem(Section.JOB, keys);
        if (problem.isPresent()) {
            mistake(path, override.substring(equals + 1), problem.get());
            return;
        }
        value(path, override.substring(equals + 1)).ifPresent(node -> put(keys, node));
    }

    /** Names in a mapping of texts, such as tags, may hold dots of their own. */
    private static List<String> keys(String path) {
        List<String> keys = List.of(path.split("\\.", -1));
        @Nullable Field first = FieldTable.of(Section.JOB).get(keys.getFirst());
        boolean texts = first != null && first.type() instanceof FieldType.TextMap;
        return texts ? List.of(path.split("\\.", 2)) : keys;
    }

    private Optional<YamlNode> value(String path, String text) {
        Problems problems = new Problems();
        Optional<YamlNode> node = YamlTree.read(text, problems);
        if (node.isEmpty() || problems.any()) {
            mistake(path, text, "a YAML value");
            return Optional.empty();
        }
        return node.map(Overrides::outsideTheFile);
    }

    /** Says why a path leads nowhere, if so. */
    private static Optional<String> problem(Section section, List<String> keys) {
        Map<String, Field> fields = FieldTable.of(section);
        @Nullable Field field = fields.get(keys.getFirst());
        if (field == null) {
            return Optional.of("a field" + NearMiss.hint(keys.getFirst(), fields.keySet()));
        }
        List<String> rest = keys.subList(1, keys.size());
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        return switch (field.type()) {
            case FieldType.Nested nested -> problem(nested.section(), rest);
            case FieldType.TextOrNested nested -> problem(nested.section(), rest);
            case FieldType.Named named when rest.size() == 1 -> blank(rest.getFirst());
            case FieldType.Named named -> problem(named.section(), rest.subList(1, rest.size()));
            case FieldType.TextMap _ when rest.size() == 1 -> blank(rest.getFirst());
            case FieldType.Carried _, FieldType.TextOrCarried _ -> Optional.empty();
            case FieldType.Text _,
                    FieldType.Shaped _,
                    FieldType.Whole _,
                    FieldType.Flag _,
                    FieldType.Choice _,
                    FieldType.Size _,
                    FieldType.TextMap _,
                    FieldType.Texts _,
                    FieldType.Reference _,
                    FieldType.Scalar _,
                    FieldType.Refused _ ->
                    Optional.of("no part of " + field.name() + ", which has none");
        };
    }

    private static Optional<String> blank(String name) {
        return name.isBlank() ? Optional.of("a name after the dot") : Optional.empty();
    }

    private void put(List<String> keys, YamlNode value) {
        Mapping at = root;
        for (String key : keys.subList(0, keys.size() - 1)) {
            @Nullable Entry entry = at.entries().get(key);
            Mapping below;
            if (entry == null || entry.value().isNull()) {
                below = Mapping.empty(entry == null ? Place.NONE : entry.keyPlace());
            } else if (entry.value() instanceof Mapping mapping) {
                below = new Mapping(mapping.place(), new LinkedHashMap<>(mapping.entries()));
            } else {
                mistake(
                        String.join(".", keys),
                        value.shown(),
                        "a part of a mapping, but " + key + " is " + entry.value().shown());
                return;
            }
            at.entries().put(key, new Entry(entry == null ? Place.NONE : entry.keyPlace(), below));
            at = below;
        }
        at.entries().put(keys.getLast(), new Entry(Place.NONE, value));
        overridden.add(String.join(".", keys));
    }

    private void setPath(String space, String name, String path) {
        @Nullable Entry named = names(space).get(name);
        if (named == null) {
            String list = NearMiss.list(names(space).keySet());
            String hint = NearMiss.hint(name, names(space).keySet());
            mistake(
                    space + "." + name,
                    path,
                    "one of the job's " + space + " (" + list + ")" + hint);
        } else if (named.value() instanceof Scalar scalar && isLiteral(space, name, scalar)) {
            String instead = "--set " + space + "." + name + "=" + path;
            mistake(
                    space + "." + name,
                    path,
                    "an input with a path; this one is a literal, use " + instead);
        } else if (!path.isBlank()) {
            if (named.value() instanceof Scalar) {
                put(List.of(space, name), Mapping.empty(named.value().place()));
            }
            YamlNode value = new Scalar(Place.NONE, Kind.TEXT, absolute(path));
            put(List.of(space, name, "path"), value);
        } else {
            mistake(space + "." + name, path, "a path");
        }
    }

    private boolean isLiteral(String space, String name, Scalar scalar) {
        @Nullable Entry split = root.entries().get("input_data");
        boolean isSplit =
                split != null
                        && Expression.whole(split.value().shown())
                                .filter(expression -> expression.name().equals(name))
                                .isPresent();
        return space.equals("inputs")
                && !isSplit
                && !scalar.isNull()
                && !scalar.text().startsWith(InputParser.ASSET);
    }

    private Map<String, Entry> names(String space) {
        @Nullable Entry entry = root.entries().get(space);
        return entry != null && entry.value() instanceof Mapping mapping
                ? mapping.entries()
                : Map.of();
    }

    /** A path on the command line starts from where the command runs, not from the job file. */
    private static String absolute(String path) {
        if (LocalPath.hasScheme(path)) {
            return path;
        }
        try {
            return Path.of(path).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException _) {
            return path;
        }
    }

    private static YamlNode outsideTheFile(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> new Scalar(Place.NONE, scalar.kind(), scalar.text());
            case Sequence sequence ->
                    new Sequence(
                            Place.NONE,
                            sequence.items().stream().map(Overrides::outsideTheFile).toList());
            case Mapping mapping -> {
                Mapping moved = Mapping.empty(Place.NONE);
                mapping.entries()
                        .forEach((key, entry) ->
                                moved.entries()
                                        .put(
                                                key,
                                                new Entry(
                                                        Place.NONE,
                                                        outsideTheFile(entry.value()))));
                yield moved;
            }
        };
    }

    private void mistake(String path, String value, String rule) {
        context.problems().add(MistakeCode.OVERRIDE, Place.NONE, path, value, rule);
    }
}
