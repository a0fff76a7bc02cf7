package dev.windrow.spec;

import dev.windrow.model.Input;
import dev.windrow.model.ParallelJob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The argument string of a job with its expressions and optional groups.
 *
 * <p>A substituted value is never split: a path with a blank stays one argument, and a quote in a
 * value groups nothing. Azure splits after substitution, so a text literal that is meant to be
 * several arguments has to be written into the argument string itself.
 */
public final class ArgumentTemplate {
    private static final Pattern TOKEN =
            Pattern.compile("\\$\\[\\[|]]|" + Expression.PATTERN.pattern());

    private final List<Part> parts;

    private ArgumentTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    sealed interface Part {}

    record Text(String text) implements Part {}

    record Reference(Expression expression, String written) implements Part {}

    /** An optional group: it disappears when an input it names has no value. */
    record Group(List<Part> parts) implements Part {}

    /**
     * Parses an argument string.
     *
     * @throws IllegalArgumentException when an optional group is not closed or holds another
     */
    public static ArgumentTemplate parse(String text) {
        Matcher matcher = TOKEN.matcher(text);
        Deque<List<Part>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        int from = 0;
        while (matcher.find()) {
            // A "]]" outside a group is text, as in a list of lists.
            if (matcher.group().equals("]]") && open.size() == 1) {
                continue;
            }
            top(open).add(new Text(text.substring(from, matcher.start())));
            from = matcher.end();
            token(matcher, open);
        }
        if (open.size() > 1) {
            throw new IllegalArgumentException("$[[ (expected: ]] after it)");
        }
        top(open).add(new Text(text.substring(from)));
        return new ArgumentTemplate(top(open));
    }

    private static void token(Matcher matcher, Deque<List<Part>> open) {
        switch (matcher.group()) {
            case "$[[" -> {
                if (open.size() > 1) {
                    throw new IllegalArgumentException("$[[ (expected: ]] before another group)");
                }
                open.push(new ArrayList<>());
            }
            case "]]" -> {
                Group group = new Group(List.copyOf(open.pop()));
                top(open).add(group);
            }
            default -> {
                Expression expression = Expression.of(matcher.group(1));
                top(open).add(new Reference(expression, matcher.group()));
            }
        }
    }

    private static List<Part> top(Deque<List<Part>> open) {
        return open.getFirst();
    }

    List<Part> parts() {
        return parts;
    }

    /** Gives the arguments of a job's script; none when it has no argument string. */
    public static List<String> render(
            ParallelJob job, UnaryOperator<String> inputPath, UnaryOperator<String> outputPath) {
        return job.task()
                .programArguments()
                .map(text -> parse(text).arguments(job, inputPath, outputPath))
                .orElse(List.of());
    }

    /**
     * Gives the arguments with every expression replaced.
     *
     * @param inputPath gives where the data input of a name can be read
     * @param outputPath gives where the output of a name is to be written
     * @throws IllegalArgumentException when an expression names nothing of the job
     */
    public List<String> arguments(
            ParallelJob job, UnaryOperator<String> inputPath, UnaryOperator<String> outputPath) {
        Rendering rendering = new Rendering(job, inputPath, outputPath, new Arguments.Words());
        parts.forEach(rendering::add);
        return rendering.words.end();
    }

    private record Rendering(
            ParallelJob job,
            UnaryOperator<String> inputPath,
            UnaryOperator<String> outputPath,
            Arguments.Words words) {
        void add(Part part) {
            switch (part) {
                case Text(String text) -> words.text(text);
                case Reference(Expression expression, String written) ->
                        words.value(value(expression, written));
                case Group(List<Part> grouped) -> {
                    if (grouped.stream().allMatch(this::hasValue)) {
                        grouped.forEach(this::add);
                    }
                }
            }
        }

        private boolean hasValue(Part part) {
            return !(part instanceof Reference(Expression expression, String _)
                    && expression.kind() == Expression.Kind.INPUT
                    && job.inputs().get(expression.name()) instanceof Input.Absent);
        }

        private String value(Expression expression, String written) {
            return switch (expression.kind()) {
                case INPUT -> input(expression.name(), written);
                case OUTPUT -> {
                    if (!job.outputs().containsKey(expression.name())) {
                        throw unknown(written);
                    }
                    yield outputPath.apply(expression.name());
                }
                case PARENT, OTHER -> throw unknown(written);
            };
        }

        private String input(String name, String written) {
            @Nullable Input input = job.inputs().get(name);
            return switch (input) {
                case null -> throw unknown(written);
                case Input.Literal literal -> literal.asArgument();
                case Input.Data _ -> inputPath.apply(name);
                case Input.Absent _ ->
                        throw new IllegalArgumentException(
                                "task.program_arguments: "
                                        + written
                                        + " (expected: $[[ … ]] around an input without a value)");
            };
        }

        private static IllegalArgumentException unknown(String written) {
            return new IllegalArgumentException(
                    "task.program_arguments: "
                            + written
                            + " (expected: inputs.NAME or outputs.NAME of this job)");
        }
    }
}
