package dev.windrow.model.compute;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rule for names of computes. */
public final class ComputeName {

    /** This machine, in every workspace. */
    public static final String LOCAL = "local";

    /** The rule in words, to follow "expected:". */
    public static final String RULE =
            "2 to 32 letters, digits or -, the first a letter, the last no -";

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,30}[A-Za-z0-9]");

    /** Azure keeps the other two for kinds of computes of its own. */
    private static final Set<String> RESERVED = Set.of(LOCAL, "amlcompute", "containerinstance");

    private ComputeName() {}

    /** Tells whether the text may name a compute. */
    public static boolean isLegal(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    /** Tells whether no cluster may be attached under the name. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Gives the name in what a job says of its compute: bare, after {@code azureml:}, or an id. */
    public static String of(String reference) {
        String bare =
                reference.startsWith("azureml:")
                        ? reference.substring("azureml:".length())
                        : reference;
        int last = bare.lastIndexOf("/computes/");
        return last < 0 ? bare : bare.substring(last + "/computes/".length());
    }
}
