package dev.windrow.cli;

import dev.windrow.spec.NearMiss;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Has the library read what was typed, and says in our words what it refuses. */
final class Reading {

    private final CommandSpec spec;
    private final CommandLine library;
    private final List<String> typed;

    /**
     * Reads nothing yet.
     *
     * @param typed what followed the verb
     */
    Reading(CommandSpec spec, List<String> typed) {
        this.spec = spec;
        this.library = new CommandLine(spec);
        this.typed = List.copyOf(typed);
    }

    /**
     * Gives the options and operands their values.
     *
     * @return whether only help is wanted
     * @throws UsageException for what is not accepted
     */
    boolean read() {
        ParseResult result = library.parseArgs(typed.toArray(String[]::new));
        // What is not known is told before what is missing: one is often the other, mistyped.
        List<ParameterException> refused =
                result.errors().stream()
                        .map(ParameterException.class::cast)
                        .filter(one -> !isFlagTwice(one))
                        .sorted((a, b) -> Boolean.compare(isUnknown(b), isUnknown(a)))
                        .toList();
        if (!refused.isEmpty()) {
            throw new UsageException(told(refused.getFirst()));
        }
        return result.isUsageHelpRequested();
    }

    private static boolean isUnknown(ParameterException e) {
        return e instanceof UnmatchedArgumentException;
    }

    /** To ask for the same thing twice changes nothing. */
    private static boolean isFlagTwice(ParameterException e) {
        return e instanceof OverwrittenOptionException twice
                && twice.getOverwritten().type() == boolean.class;
    }

    private String told(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unknown -> unmatched(unknown.getUnmatched());
            case MissingParameterException missing -> missing(missing.getMissing().getFirst());
            case OverwrittenOptionException twice ->
                    name(twice.getOverwritten()) + ": given twice (expected: once)";
            case MaxValuesExceededException _ -> tooMuch(e);
            default -> refused(e);
        };
    }

    private String refused(ParameterException e) {
        return e.getCause() instanceof TypeConversionException rule
                ? "%s: %s (expected: %s)"
                        .formatted(name(e.getArgSpec()), e.getValue(), rule.getMessage())
                : String.valueOf(e.getMessage());
    }

    /** The library does not say which option it was. */
    private String tooMuch(ParameterException e) {
        List<String> flags =
                spec.options().stream()
                        .filter(option -> option.type() == boolean.class)
                        .map(OptionSpec::longestName)
                        .toList();
        return typed.stream()
                .filter(word -> word.contains("=") && flags.contains(nameIn(word)))
                .map(word -> "%s (expected: %s without a value)".formatted(word, nameIn(word)))
                .findFirst()
                .orElseGet(() -> String.valueOf(e.getMessage()));
    }

    private static String nameIn(String word) {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        return equals < 0 ? word : word.substring(0, equals);
    }

    private String unmatched(List<String> words) {
        String word = words.getFirst();
        if (word.startsWith("-") && word.length() > 1 && !isBehindDashes(word)) {
            return noOption(nameIn(word));
        }
        List<String> labels =
                spec.positionalParameters().stream().map(PositionalParamSpec::paramLabel).toList();
        String expected = labels.isEmpty() ? "none" : "only " + String.join(" ", labels);
        return "%s: one word too many (expected: %s)".formatted(word, expected);
    }

    private boolean isBehindDashes(String word) {
        int dashes = typed.indexOf("--");
        return dashes >= 0 && typed.lastIndexOf(word) > dashes;
    }

    private String noOption(String name) {
        List<String> names = spec.options().stream().map(OptionSpec::longestName).sorted().toList();
        String beginning =
                names.stream()
                        .filter(one -> name.length() > 4 && one.startsWith(name))
                        .map("; did you mean %s?"::formatted)
                        .findFirst()
                        .orElse("");
        String hint = beginning.isEmpty() ? NearMiss.hint(name, names) : beginning;
        return "%s: no such option (expected: one of %s)%s"
                .formatted(name, String.join(", ", names), hint);
    }

    private String missing(ArgSpec arg) {
        String label = arg.paramLabel();
        return arg.isOption()
                ? "%s: missing (expected: %s)".formatted(name(arg), label)
                : label + ": missing (expected: one)";
    }

    /** The option as it was typed last. */
    private String name(ArgSpec arg) {
        if (!(arg instanceof OptionSpec option)) {
            return arg.paramLabel();
        }
        List<String> names = List.of(option.names());
        return typed.stream()
                .map(Reading::nameIn)
                .filter(names::contains)
                .collect(Collectors.reducing(option.longestName(), (_, last) -> last));
    }
}
