package dev.windrow.spec;

import dev.windrow.model.DataType;
import dev.windrow.model.Output;
import dev.windrow.model.OutputMode;
import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** Reads one output: nothing, a path, or a mapping. */
record OutputParser(ReadContext context) {
    /** What an output's path may name; resolved when the job's name is known. */
    private static final Set<String> KNOWN = Set.of("default_datastore", "name", "output_name");

    Optional<Output> parse(String name, Entry entry) {
        String path = "outputs." + name;
        context.places()
                .put(path, entry.value().isNull() ? entry.keyPlace() : entry.value().place());
        return switch (entry.value()) {
            case Scalar scalar when scalar.isNull() -> Optional.of(Output.unset());
            case Scalar scalar when !scalar.text().isBlank() -> {
                checkExpressions(path, scalar.text(), scalar);
                yield Optional.of(Output.unset().withPath(scalar.text()));
            }
            case Mapping mapping -> Optional.of(mapping(name, mapping));
            case YamlNode other -> {
                context.mistake(
                        MistakeCode.WRONG_TYPE, path, other, "nothing, a path or a mapping");
                yield Optional.empty();
            }
        };
    }

    private Output mapping(String name, Mapping mapping) {
        SectionReader section =
                new SectionReader(context, Section.OUTPUT, mapping, List.of("outputs", name));
        Optional<String> path = section.word("path");
        path.ifPresent(text ->
                checkExpressions(
                        section.dotted("path"), text, section.find("path").orElse(mapping)));
        return new Output(
                section.choice("type", DataType.class),
                section.choice("mode", OutputMode.class),
                path,
                section.flag("overwrite"));
    }

    private void checkExpressions(String path, String text, YamlNode node) {
        Matcher matcher = Expression.PATTERN.matcher(text);
        while (matcher.find()) {
            Expression expression = Expression.of(matcher.group(1));
            if (expression.kind() == Expression.Kind.PARENT) {
                context.mistake(
                        MistakeCode.NOT_BUILT, path, node, "a path; pipelines are not built yet");
            } else if (!KNOWN.contains(expression.name())) {
                context.mistake(
                        MistakeCode.UNKNOWN_REFERENCE,
                        path,
                        node,
                        "no expression but ${{name}}, ${{output_name}} and"
                                + " ${{default_datastore}} in a path");
            }
        }
    }
}
