package dev.windrow.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * The contexts of a user.
 *
 * @param current the one in use; empty when none is
 */
record Contexts(Optional<String> current, SequencedMap<String, Context> all) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    Contexts {
        all = new LinkedHashMap<>(all);
    }

    /** A context that must be there. */
    Context get(String name) {
        Context context = all.get(name);
        if (context == null) {
            throw new UsageException(
                    "context: %s (expected: %s)"
                            .formatted(
                                    name,
                                    all.isEmpty()
                                            ? "one that windrow context set has made"
                                            : "one of " + String.join(", ", all.keySet())));
        }
        return context;
    }

    /** The same with one more, or with one in place of the one of its name. */
    Contexts with(Context context) {
        Map<String, Context> more = new LinkedHashMap<>(all);
        more.put(context.name(), context);
        return new Contexts(current, new LinkedHashMap<>(more));
    }

    /** The same without one, which is in use no more. */
    Contexts without(String name) {
        LinkedHashMap<String, Context> fewer = new LinkedHashMap<>(all);
        fewer.remove(name);
        return new Contexts(current.filter(used -> !used.equals(name)), fewer);
    }

    /** The same with another in use. */
    Contexts using(String name) {
        return new Contexts(Optional.of(get(name).name()), all);
    }

    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new UsageException(
                    "context: %s (expected: 1 to 63 letters, digits, _ . or -)".formatted(name));
        }
        return name;
    }
}
