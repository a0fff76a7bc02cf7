package dev.windrow.spec;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells what a plain scalar means under the core schema of YAML 1.2. */
final class CoreSchema {
    /** Longer scalars are text, so that no digits are parsed by the thousand. */
    private static final int LONGEST = 64;

    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private CoreSchema() {}

    static YamlNode.Kind kindOf(String text) {
        if (text.length() > LONGEST) {
            return YamlNode.Kind.TEXT;
        }
        if (NULL.matcher(text).matches()) {
            return YamlNode.Kind.NULL;
        }
        if (TRUTH.matcher(text).matches()) {
            return YamlNode.Kind.TRUTH;
        }
        if (WHOLE.matcher(text).matches()) {
            return YamlNode.Kind.WHOLE;
        }
        return NUMBER.matcher(text).matches() ? YamlNode.Kind.NUMBER : YamlNode.Kind.TEXT;
    }

    static BigInteger whole(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return new BigInteger(text);
    }

    static double number(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.equals(".nan") ? Double.NaN : Double.parseDouble(text);
    }
}
