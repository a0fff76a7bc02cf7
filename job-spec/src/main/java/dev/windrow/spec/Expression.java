package dev.windrow.spec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands between the braces of <code>${{ … }}</code>, blanks around it left out. */
record Expression(Kind kind, String name) {
    /** Finds expressions; group 1 is what stands between the braces. */
    static final Pattern PATTERN = Pattern.compile("\\$\\{\\{([^{}]*)}}");

    private static final Pattern REFERENCE = Pattern.compile("(inputs|outputs)\\.([A-Za-z0-9_-]+)");

    enum Kind {
        INPUT,
        OUTPUT,
        /** Names something of a pipeline. */
        PARENT,
        OTHER
    }

    static Expression of(String inner) {
        String text = inner.strip();
        Matcher matcher = REFERENCE.matcher(text);
        if (matcher.matches()) {
            Kind kind = matcher.group(1).equals("inputs") ? Kind.INPUT : Kind.OUTPUT;
            return new Expression(kind, matcher.group(2));
        }
        return new Expression(text.startsWith("parent.") ? Kind.PARENT : Kind.OTHER, text);
    }

    /** Gives the expression if the text is one and nothing else. */
    static Optional<Expression> whole(String text) {
        Matcher matcher = PATTERN.matcher(text.strip());
        return matcher.matches() ? Optional.of(of(matcher.group(1))) : Optional.empty();
    }

    /** Gives the form a job file has it in. */
    static String written(String space, String name) {
        return "${{" + space + "." + name + "}}";
    }
}
