package dev.windrow.spec;

import dev.windrow.model.DataType;
import dev.windrow.model.Input;
import dev.windrow.model.InputMode;
import dev.windrow.model.LiteralKind;
import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one input: a literal, or a mapping.
 *
 * <p>A text alone is a literal, as on Azure, unless it is an {@code azureml:} reference or the
 * input that is split: those are paths.
 */
record InputParser(ReadContext context, Optional<String> splitInput) {
    static final String ASSET = "azureml:";

    Optional<Input> parse(String name, Entry entry) {
        String path = "inputs." + name;
        context.places().put(path, entry.value().place());
        return switch (entry.value()) {
            case Scalar scalar when !scalar.isNull() -> shorthand(path, name, scalar);
            case Mapping mapping ->
                    mapping(
                            new SectionReader(
                                    context, Section.INPUT, mapping, List.of("inputs", name)));
            case YamlNode other -> {
                context.mistake(
                        MistakeCode.WRONG_TYPE, path, other, "a value, or a mapping with a path");
                yield Optional.empty();
            }
        };
    }

    private Optional<Input> shorthand(String path, String name, Scalar scalar) {
        if (isParent(path, scalar)) {
            return Optional.empty();
        }
        boolean isPath =
                scalar.kind() == Kind.TEXT
                        && (scalar.text().startsWith(ASSET)
                                || splitInput.equals(Optional.of(name)));
        if (!isPath) {
            return Optional.of(literal(scalar));
        }
        if (scalar.text().isBlank()) {
            context.mistake(MistakeCode.INVALID_VALUE, path, scalar, "a path");
            return Optional.empty();
        }
        return Optional.of(Input.Data.at(scalar.text()));
    }

    private boolean isParent(String path, Scalar scalar) {
        boolean parent = scalar.text().contains("${{");
        if (parent) {
            context.mistake(
                    MistakeCode.NOT_BUILT,
                    path,
                    scalar,
                    "a value or a path; pipelines are not built yet");
        }
        return parent;
    }

    private static Input literal(Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT, NULL -> Input.Literal.of(scalar.text());
            case WHOLE -> new Input.Literal(LiteralKind.INTEGER, decimal(scalar.text()));
            case NUMBER -> new Input.Literal(LiteralKind.NUMBER, scalar.text());
            case TRUTH ->
                    new Input.Literal(LiteralKind.BOOLEAN, scalar.text().toLowerCase(Locale.ROOT));
        };
    }

    /** Gives 0x and 0o numbers in decimal; others stay as they were written. */
    private static String decimal(String text) {
        boolean other = text.startsWith("0x") || text.startsWith("0o");
        return other ? CoreSchema.whole(text).toString() : text;
    }

    private Optional<Input> mapping(SectionReader section) {
        Optional<String> type = section.choice("type");
        boolean optional = section.flag("optional").orElse(false);
        Optional<LiteralKind> kind =
                type.flatMap(word ->
                        Arrays.stream(LiteralKind.values())
                                .filter(one -> one.yaml().equals(word))
                                .findFirst());
        Optional<Input> input = kind.isPresent() ? declared(section, kind.get()) : data(section);
        if (input.isPresent()) {
            List.of("optional", "min", "max", "enum").forEach(section::keepPlain);
            return input;
        }
        if (optional && section.find("path").isEmpty() && section.find("default").isEmpty()) {
            List.of("min", "max", "enum", "mode").forEach(section::keepPlain);
            return Optional.of(new Input.Absent(type));
        }
        return Optional.empty();
    }

    private Optional<Input> data(SectionReader section) {
        Optional<String> path = section.word("path");
        Optional<InputMode> mode = section.choice("mode", InputMode.class);
        if (section.find("default").isPresent()) {
            String typed = section.text("default").orElse("");
            section.invalid("default", typed, "path for data; default is for literals with a type");
        }
        if (path.isEmpty()) {
            missing(section, "path", "where the data is, or optional: true");
            return Optional.empty();
        }
        if (path.get().contains("${{")) {
            section.invalid("path", path.get(), "a path; pipelines are not built yet");
            return Optional.empty();
        }
        return Optional.of(
                new Input.Data(section.choice("type", DataType.class), path.get(), mode));
    }

    private Optional<Input> declared(SectionReader section, LiteralKind kind) {
        Optional<YamlNode> value = section.find("default");
        if (value.isEmpty()) {
            missing(section, "default", "a value, or optional: true");
            return Optional.empty();
        }
        if (!(value.get() instanceof Scalar scalar) || !fits(kind, scalar)) {
            context.mistake(
                    MistakeCode.WRONG_TYPE,
                    section.dotted("default"),
                    value.get(),
                    "a value of type " + kind.yaml());
            return Optional.empty();
        }
        String text =
                switch (kind) {
                    case STRING, NUMBER -> scalar.text();
                    case INTEGER -> decimal(scalar.text());
                    case BOOLEAN -> scalar.text().toLowerCase(Locale.ROOT);
                };
        checkBounds(section, text, kind);
        return Optional.of(new Input.Literal(kind, text));
    }

    private static boolean fits(LiteralKind kind, Scalar scalar) {
        Kind found = CoreSchema.kindOf(scalar.text());
        return switch (kind) {
            case STRING -> true;
            case INTEGER -> found == Kind.WHOLE;
            case NUMBER ->
                    found == Kind.NUMBER
                            || (found == Kind.WHOLE && !scalar.text().matches("0[xo].*"));
            case BOOLEAN -> found == Kind.TRUTH;
        };
    }

    private static void checkBounds(SectionReader section, String text, LiteralKind kind) {
        boolean number = kind == LiteralKind.INTEGER || kind == LiteralKind.NUMBER;
        if (number && isBelow(section, text, "min")) {
            section.invalid("default", text, section.text("min").orElse("") + " or more");
        }
        if (number && isAbove(section, text)) {
            section.invalid("default", text, section.text("max").orElse("") + " or less");
        }
        List<String> words = section.texts("enum");
        if (!words.isEmpty() && words.stream().noneMatch(text::equalsIgnoreCase)) {
            section.invalid("default", text, "one of " + String.join(", ", words));
        }
    }

    private static boolean isBelow(SectionReader section, String text, String bound) {
        return compare(section, text, bound).filter(order -> order < 0).isPresent();
    }

    private static boolean isAbove(SectionReader section, String text) {
        return compare(section, text, "max").filter(order -> order > 0).isPresent();
    }

    private static Optional<Integer> compare(SectionReader section, String text, String bound) {
        return section.text(bound)
                .flatMap(limit -> {
                    try {
                        return Optional.of(new BigDecimal(text).compareTo(new BigDecimal(limit)));
                    } catch (NumberFormatException _) {
                        section.invalid(bound, limit, "a number");
                        return Optional.empty();
                    }
                });
    }

    private void missing(SectionReader section, String name, String rule) {
        boolean optional = section.text("optional").filter("true"::equalsIgnoreCase).isPresent();
        if (!optional && !section.has(name)) {
            context.problems()
                    .add(
                            MistakeCode.MISSING_FIELD,
                            section.place(),
                            section.dotted(name),
                            "",
                            rule);
        } else if (!optional && section.find(name).isEmpty()) {
            section.invalid(name, "nothing", rule);
        }
    }
}
