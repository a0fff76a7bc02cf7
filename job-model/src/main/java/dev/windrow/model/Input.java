package dev.windrow.model;

import java.util.Optional;

/** One input of a job: a literal, data at a path, or an optional input that was given no value. */
public sealed interface Input {
    /**
     * A text, number or truth value that is handed to the script as text.
     *
     * @param text the value as text; {@code true} or {@code false} for a truth value
     */
    record Literal(LiteralKind kind, String text) implements Input {
        /** Checks that the text is a value of its kind. */
        public Literal {
            boolean legal =
                    switch (kind) {
                        case STRING -> true;
                        case INTEGER -> text.matches("[-+]?[0-9]+");
                        case NUMBER ->
                                text.matches(
                                        "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                                                + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
                        case BOOLEAN -> text.equals("true") || text.equals("false");
                    };
            if (!legal) {
                throw Rules.broken("input", text, "a value of type " + kind.yaml());
            }
        }

        /** Makes a text literal. */
        public static Literal of(String text) {
            return new Literal(LiteralKind.STRING, text);
        }

        /** Makes a whole-number literal. */
        public static Literal of(long number) {
            return new Literal(LiteralKind.INTEGER, Long.toString(number));
        }

        /** Makes a truth-value literal. */
        public static Literal of(boolean value) {
            return new Literal(LiteralKind.BOOLEAN, Boolean.toString(value));
        }

        /** Gives the text the script sees; truth values in Python's spelling. */
        public String asArgument() {
            if (kind == LiteralKind.BOOLEAN) {
                return text.equals("true") ? "True" : "False";
            }
            return text;
        }
    }

    /** Data at a path: local, an asset, or a URL. */
    record Data(Optional<DataType> type, String path, Optional<InputMode> mode) implements Input {
        /** Rejects a blank path. */
        public Data {
            Rules.notBlank("path", path);
        }

        /** Makes an input of the default type and mode. */
        public static Data at(String path) {
            return new Data(Optional.empty(), path, Optional.empty());
        }

        /** Gives the type, a folder unless set. */
        public DataType effectiveType() {
            return type.orElse(DataType.URI_FOLDER);
        }

        /** Gives the same input at another path. */
        public Data withPath(String newPath) {
            return new Data(type, newPath, mode);
        }
    }

    /**
     * An optional input without a value: every <code>$[[ … ]]</code> that names it disappears.
     *
     * @param type the declared type, as written
     */
    record Absent(Optional<String> type) implements Input {}
}
