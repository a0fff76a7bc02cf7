package dev.windrow.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Declares options without annotations, which would have to be looked for, and reads them. */
final class Given {

    private Given() {}

    static CommandSpec command(String verb) {
        return CommandSpec.create()
                .name("windrow " + verb)
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .type(boolean.class)
                                .arity("0")
                                .usageHelp(true)
                                .build());
    }

    static OptionSpec flag(String name, String... more) {
        return OptionSpec.builder(name, more).type(boolean.class).arity("0").build();
    }

    static OptionSpec text(String label, String name, String... more) {
        return OptionSpec.builder(name, more)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .build();
    }

    static OptionSpec whole(String label, String name) {
        return OptionSpec.builder(name).type(Integer.class).arity("1").paramLabel(label).build();
    }

    static OptionSpec texts(String label, String name) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .build();
    }

    static PositionalParamSpec required(int index, String label) {
        return position(index, label, "1");
    }

    static PositionalParamSpec optional(int index, String label) {
        return position(index, label, "0..1");
    }

    private static PositionalParamSpec position(int index, String label, String arity) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .type(String.class)
                .arity(arity)
                .required(arity.equals("1"))
                .paramLabel(label)
                .build();
    }

    static boolean has(ParseResult given, String option) {
        return given.hasMatchedOption(option);
    }

    static Optional<String> text(ParseResult given, String option) {
        return Optional.ofNullable(given.<String>matchedOptionValue(option, null));
    }

    static OptionalInt whole(ParseResult given, String option) {
        Integer value = given.matchedOptionValue(option, (Integer) null);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static List<String> texts(ParseResult given, String option) {
        return given.matchedOptionValue(option, List.<String>of());
    }

    /** Values of the form {@code NAME=VALUE}; the last of a name counts. */
    static Map<String, String> pairs(ParseResult given, String option) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts(given, option)) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw wrong(given, "%s: %s (expected: NAME=PATH)".formatted(option, text));
            }
            pairs.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return pairs;
    }

    static Optional<String> position(ParseResult given, int index) {
        return Optional.ofNullable(given.<String>matchedPositionalValue(index, null));
    }

    static String requiredPosition(ParseResult given, int index) {
        return position(given, index).orElseThrow();
    }

    static ParameterException wrong(ParseResult given, String message) {
        CommandLine line = given.commandSpec().commandLine();
        return new ParameterException(line, message);
    }
}
