package dev.windrow.model;

import java.util.regex.Pattern;

/** The name of a job: safe as the name of a folder on every file system. */
public record JobName(String value) {
    /** The rule in words, to follow "expected:". */
    public static final String RULE =
            "1 to 255 letters, digits, _ . or -, the first a letter or digit";

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}");

    /** Checks the rule. */
    public JobName {
        if (!isLegal(value)) {
            throw Rules.broken("name", value, RULE);
        }
    }

    /** Tells whether the text may name a job. */
    public static boolean isLegal(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
