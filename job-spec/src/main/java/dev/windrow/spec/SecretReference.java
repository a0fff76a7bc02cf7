package dev.windrow.spec;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <code>${{secrets.NAME}}</code>: stands for a secret in the values of {@code
 * environment_variables}, and nowhere else. A job holds the reference; its value is put in where a
 * worker is started.
 */
public final class SecretReference {
    /** What the name of a secret looks like. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** The rule for names, in words. */
    public static final String RULE =
            "1 to 128 letters, digits or _, the first a letter or _, such as API_KEY";

    private static final Pattern ANY = Pattern.compile("\\$\\{\\{\\s*secrets\\.([^{}]*)}}");

    private SecretReference() {}

    /** Gives the first reference in a text, as it is written. */
    static Optional<String> first(String text) {
        Matcher matcher = ANY.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** Gives the first reference whose name is none. */
    static Optional<String> firstBroken(String text) {
        Matcher matcher = ANY.matcher(text);
        while (matcher.find()) {
            if (!NAME.matcher(matcher.group(1).strip()).matches()) {
                return Optional.of(matcher.group());
            }
        }
        return Optional.empty();
    }

    /** Gives the names of all secrets that these texts refer to, sorted. */
    public static Set<String> names(Collection<String> texts) {
        Set<String> names = new TreeSet<>();
        for (String text : texts) {
            Matcher matcher = ANY.matcher(text);
            while (matcher.find()) {
                names.add(matcher.group(1).strip());
            }
        }
        return names;
    }

    /** Gives the text with a value in place of each reference. */
    public static String replaced(String text, UnaryOperator<String> values) {
        return ANY.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(values.apply(found.group(1).strip())));
    }
}
