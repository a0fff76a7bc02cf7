package dev.windrow.cli;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** The kinds of options and operands there are, and how their values are had. */
final class Args {

    private Args() {}

    /** An option without a value. */
    static OptionSpec flag(String told, String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0").description(told).build();
    }

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .arity("0")
                .usageHelp(true)
                .description("this text")
                .build();
    }

    static OptionSpec text(String label, String told, String... names) {
        return valued(String.class, label, told, names).build();
    }

    /** An option that may be given any number of times. */
    static OptionSpec texts(String label, String told, String... names) {
        return valued(List.class, label, told, names).auxiliaryTypes(String.class).build();
    }

    /** A path; shells complete it. */
    static OptionSpec path(String label, String told, String... names) {
        return valued(File.class, label, told, names).build();
    }

    /** A whole number from 1. */
    static OptionSpec whole(String label, String told, String... names) {
        return valued(Integer.class, label, told, names).converters(Args::wholeNumber).build();
    }

    /** A number that counts from 0. */
    static OptionSpec index(String label, String told, String... names) {
        return valued(Integer.class, label, told, names)
                .converters(text -> number(text, 0))
                .build();
    }

    /** An option with a value. Its converter, if any, throws the rule as a conversion's message. */
    static OptionSpec.Builder valued(Class<?> type, String label, String told, String... names) {
        return OptionSpec.builder(names).type(type).arity("1").paramLabel(label).description(told);
    }

    private static Integer wholeNumber(String text) {
        return number(text, 1);
    }

    private static Integer number(String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new TypeConversionException("a whole number >= " + least);
    }

    /**
     * A word at its place from 0.
     *
     * @param type {@code File} for a path, which shells complete
     */
    static PositionalParamSpec.Builder operand(int place, String label, Class<?> type) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(place))
                .arity("1")
                .required(true)
                .type(type)
                .paramLabel(label);
    }

    /** A word at its place from 0 that may be left out. */
    static PositionalParamSpec.Builder maybeOperand(int place, String label, Class<?> type) {
        return operand(place, label, type).arity("0..1").required(false);
    }

    /** Whether an option without a value was given. */
    static boolean given(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    static Optional<String> text(ArgSpec arg) {
        return Optional.ofNullable(arg.<@Nullable Object>getValue()).map(Object::toString);
    }

    /**
     * The address of a server.
     *
     * @param field that it was given by
     */
    static URI address(String field, String text) {
        try {
            URI url = URI.create(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getQuery() == null) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw new UsageException(
                "%s: %s (expected: http or https, a host, no ?)".formatted(field, text));
    }

    static List<String> texts(OptionSpec option) {
        List<String> values = option.getValue();
        return values == null ? List.of() : List.copyOf(values);
    }

    static Optional<Path> path(ArgSpec arg) {
        return text(arg).map(Path::of);
    }

    static OptionalInt whole(OptionSpec option) {
        Integer value = option.getValue();
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
