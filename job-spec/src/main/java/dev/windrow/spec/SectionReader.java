package dev.windrow.spec;

import dev.windrow.model.Bindable;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one mapping by the table of fields; what is wrong becomes a mistake and reads
 * as unset.
 */
final class SectionReader {
    private final ReadContext context;
    private final Section section;
    private final Mapping mapping;
    private final List<String> path;
    private final Map<String, Field> fields;

    SectionReader(ReadContext context, Section section, Mapping mapping, List<String> path) {
        this.context = context;
        this.section = section;
        this.mapping = mapping;
        this.path = path;
        this.fields = FieldTable.of(section);
        mapping.entries().forEach(this::checkKey);
        fields.values().stream().filter(Field::required).forEach(this::checkPresent);
    }

    private void checkKey(String key, Entry entry) {
        @Nullable Field field = fields.get(key);
        if (field == null) {
            new UnknownKey(context, section, pathOf(key)).report(entry);
            return;
        }
        if (!entry.value().isNull()) {
            context.places().put(dotted(key), entry.value().place());
        }
        if (field.type() instanceof FieldType.Carried) {
            context.keep(pathOf(key), entry.value().plain());
        } else if (field.type() instanceof FieldType.Refused(String instead)) {
            context.mistake(MistakeCode.NOT_BUILT, dotted(key), entry.value(), instead);
        }
    }

    private void checkPresent(Field field) {
        if (find(field.name()).isEmpty()) {
            String rule = FieldRules.of(field.type());
            context.problems()
                    .add(
                            MistakeCode.MISSING_FIELD,
                            mapping.place(),
                            dotted(field.name()),
                            "",
                            rule);
        }
    }

    ReadContext context() {
        return context;
    }

    List<String> pathOf(String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    String dotted(String name) {
        return String.join(".", pathOf(name));
    }

    Place place() {
        return mapping.place();
    }

    /** Gives the value of a field unless it is absent or null. */
    Optional<YamlNode> find(String name) {
        return Optional.ofNullable(mapping.entries().get(name))
                .map(Entry::value)
                .filter(value -> !value.isNull());
    }

    /** Gives a text, which may be blank; numbers read as they were written. */
    Optional<String> text(String name) {
        return find(name).flatMap(node -> scalarText(name, node));
    }

    /** Gives a text that is not blank and has the field's shape. */
    Optional<String> word(String name) {
        FieldType type = type(name);
        return text(name)
                .filter(text -> {
                    boolean legal =
                            type instanceof FieldType.Shaped shaped
                                    ? text.matches(shaped.regex())
                                    : !text.isBlank() && text.indexOf('\0') < 0;
                    return legal || invalid(name, text);
                });
    }

    Optional<Boolean> flag(String name) {
        return text(name)
                .flatMap(text ->
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> absent(invalid(name, text));
                        });
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> words) {
        return choice(name).map(word -> Enum.valueOf(words, word.toUpperCase(Locale.ROOT)));
    }

    /** Gives one of the field's words, in the table's spelling. */
    Optional<String> choice(String name) {
        FieldType.Choice choice = (FieldType.Choice) type(name);
        Optional<String> text = text(name).map(String::strip);
        Optional<String> word =
                text.flatMap(typed ->
                        choice.values().stream().filter(typed::equalsIgnoreCase).findFirst());
        if (text.isPresent() && word.isEmpty()) {
            String hint = NearMiss.hint(text.get().toLowerCase(Locale.ROOT), choice.values());
            invalid(name, text.get(), FieldRules.of(choice) + hint);
        }
        return word;
    }

    Optional<Integer> whole(String name) {
        return text(name).flatMap(text -> wholeOf(name, text));
    }

    Optional<Bindable<Integer>> bindableWhole(String name) {
        return text(name)
                .flatMap(text ->
                        text.contains("${{")
                                ? binding(name, text)
                                : wholeOf(name, text).map(Bindable::of));
    }

    Optional<Bindable<MiniBatchSize>> size(String name) {
        return text(name)
                .flatMap(text -> {
                    if (text.contains("${{")) {
                        return binding(name, text);
                    }
                    try {
                        return Optional.of(Bindable.of(new MiniBatchSize(text)));
                    } catch (IllegalArgumentException _) {
                        return absent(invalid(name, text));
                    }
                });
    }

    private Optional<Integer> wholeOf(String name, String text) {
        FieldType.Whole whole = (FieldType.Whole) type(name);
        Optional<Integer> number =
                Optional.of(text)
                        .filter(digits -> CoreSchema.kindOf(digits) == Kind.WHOLE)
                        .map(CoreSchema::whole)
                        .filter(wide -> wide.bitLength() < Long.SIZE)
                        .filter(wide -> whole.range().holds(wide.longValue()))
                        .map(wide -> Math.toIntExact(wide.longValue()));
        return number.isPresent() ? number : absent(invalid(name, text));
    }

    private <T> Optional<Bindable<T>> binding(String name, String text) {
        return expression(name, text, "inputs").map(Bindable::to);
    }

    /** Gives the name in an expression that stands alone. */
    Optional<String> reference(String name) {
        String space = ((FieldType.Reference) type(name)).space();
        return text(name).flatMap(text -> expression(name, text, space));
    }

    private Optional<String> expression(String name, String text, String space) {
        Optional<Expression> expression = Expression.whole(text);
        Expression.Kind wanted =
                space.equals("inputs") ? Expression.Kind.INPUT : Expression.Kind.OUTPUT;
        if (expression.filter(found -> found.kind() == wanted).isPresent()) {
            return expression.map(Expression::name);
        }
        String rule = Expression.written(space, "NAME");
        if (text.contains("parent.")) {
            context.mistake(
                    MistakeCode.NOT_BUILT,
                    dotted(name),
                    find(name).orElse(mapping),
                    rule + "; pipelines are not built yet");
            return Optional.empty();
        }
        return absent(invalid(name, text, rule));
    }

    Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (find(name).orElse(null) instanceof Mapping map) {
            map.entries().forEach((key, entry) -> putText(name, key, entry.value(), texts));
        } else {
            find(name).ifPresent(node -> wrongType(dotted(name), node, type(name)));
        }
        return texts;
    }

    private void putText(String name, String key, YamlNode value, Map<String, String> texts) {
        String entryPath = dotted(name) + "." + key;
        if (value instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
            context.places().put(entryPath, value.place());
            texts.put(key, scalar.text());
        } else {
            wrongType(entryPath, value, new FieldType.Text());
        }
    }

    List<String> texts(String name) {
        FieldType.Texts type = (FieldType.Texts) type(name);
        @Nullable YamlNode node = find(name).orElse(null);
        return switch (node) {
            case null -> List.of();
            case Sequence sequence -> elements(name, sequence);
            case Scalar scalar when type.oneAllowed() -> List.of(scalar.text());
            case YamlNode other -> {
                wrongType(dotted(name), other, type);
                yield List.of();
            }
        };
    }

    private List<String> elements(String name, Sequence sequence) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            YamlNode item = sequence.items().get(i);
            if (item instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
                texts.add(scalar.text());
            } else {
                wrongType(dotted(name) + "." + i, item, new FieldType.Text());
            }
        }
        return texts;
    }

    /** Gives a reader of the mapping in a field. */
    Optional<SectionReader> section(String name) {
        return find(name).flatMap(node -> sectionOf(name, node));
    }

    private Optional<SectionReader> sectionOf(String name, YamlNode node) {
        if (node instanceof Mapping nested) {
            Section below = FieldTable.below(type(name));
            return Optional.of(new SectionReader(context, below, nested, pathOf(name)));
        }
        wrongType(dotted(name), node, type(name));
        return Optional.empty();
    }

    /** Gives the entries of a mapping of names; keeps the order. */
    Map<String, Entry> named(String name) {
        if (find(name).orElse(null) instanceof Mapping map) {
            return map.entries();
        }
        find(name).ifPresent(node -> wrongType(dotted(name), node, type(name)));
        return Map.of();
    }

    /** Tells whether the mapping has the key, with or without a value. */
    boolean has(String name) {
        return mapping.entries().containsKey(name);
    }

    void keepPlain(String name) {
        find(name).ifPresent(node -> context.keep(pathOf(name), node.plain()));
    }

    /** Notes where everything in a field's value stands. */
    void notePlaces(String name) {
        find(name).ifPresent(node -> CondaDocument.collect(dotted(name), node, context.places()));
    }

    private Optional<String> scalarText(String name, YamlNode node) {
        if (node instanceof Scalar scalar) {
            return Optional.of(scalar.text());
        }
        wrongType(dotted(name), node, type(name));
        return Optional.empty();
    }

    private FieldType type(String name) {
        return Objects.requireNonNull(fields.get(name), name).type();
    }

    private void wrongType(String at, YamlNode node, FieldType type) {
        context.mistake(MistakeCode.WRONG_TYPE, at, node, FieldRules.of(type));
    }

    private boolean invalid(String name, String value) {
        return invalid(name, value, FieldRules.of(type(name)));
    }

    /** Notes a mistake about a field's value; gives false, to end a filter with. */
    boolean invalid(String name, String value, String rule) {
        Place place = find(name).map(YamlNode::place).orElse(mapping.place());
        context.problems().add(MistakeCode.INVALID_VALUE, place, dotted(name), value, rule);
        return false;
    }

    private static <T> Optional<T> absent(boolean ignored) {
        return Optional.empty();
    }
}
