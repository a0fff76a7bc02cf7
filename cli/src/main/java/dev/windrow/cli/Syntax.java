package dev.windrow.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may follow a verb: options anywhere, and words in a fixed order. */
final class Syntax {

    private final Map<String, Option> options = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();
    private int required;

    /**
     * An option.
     *
     * @param letter its short form, such as {@code -n}, or empty
     * @param label what its value is called; empty for one that has none
     */
    record Option(String name, String letter, String label, boolean repeats) {

        boolean takesValue() {
            return !label.isEmpty();
        }
    }

    private Syntax() {}

    /** Accepts {@code --help} alone. */
    static Syntax empty() {
        return new Syntax().add(new Option("--help", "-h", "", true));
    }

    Syntax flag(String name) {
        return flag(name, "");
    }

    Syntax flag(String name, String letter) {
        return add(new Option(name, letter, "", true));
    }

    Syntax value(String label, String name) {
        return value(label, name, "");
    }

    Syntax value(String label, String name, String letter) {
        return add(new Option(name, letter, label, false));
    }

    /** An option that may be given any number of times. */
    Syntax values(String label, String name) {
        return add(new Option(name, "", label, true));
    }

    /** A word that must be there; to be called before {@link #optional}. */
    Syntax required(String label) {
        words.add(label);
        required++;
        return this;
    }

    Syntax optional(String label) {
        words.add(label);
        return this;
    }

    private Syntax add(Option option) {
        options.put(option.name(), option);
        if (!option.letter().isEmpty()) {
            options.put(option.letter(), option);
        }
        return this;
    }

    /** The options there are, by their long names. */
    List<String> names() {
        return options.values().stream().map(Option::name).distinct().sorted().toList();
    }

    /**
     * Reads what was typed.
     *
     * @throws UsageException for what is not accepted
     */
    Given parse(List<String> typed) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> found = new ArrayList<>();
        boolean onlyWords = false;
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            if (onlyWords || !word.startsWith("-") || word.equals("-")) {
                found.add(word);
            } else if (word.equals("--")) {
                onlyWords = true;
            } else {
                i += option(word, i + 1 < typed.size() ? typed.get(i + 1) : null, values);
            }
        }
        if (!values.containsKey("--help")) {
            checkWords(found);
        }
        return new Given(values, found);
    }

    /** Returns how many further words the option has used up. */
    private int option(String word, @Nullable String next, Map<String, List<String>> values) {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = find(name);
        List<String> all = values.computeIfAbsent(option.name(), _ -> new ArrayList<>());
        if (!option.takesValue()) {
            if (equals >= 0) {
                throw new UsageException(word + " (expected: " + name + " without a value)");
            }
            return 0;
        }
        if (!all.isEmpty() && !option.repeats()) {
            throw new UsageException(name + ": given twice (expected: once)");
        }
        if (equals >= 0) {
            all.add(word.substring(equals + 1));
            return 0;
        }
        if (next == null || options.containsKey(next)) {
            throw new UsageException(name + ": missing (expected: " + option.label() + ")");
        }
        all.add(next);
        return 1;
    }

    private Option find(String name) {
        Option option = options.get(name);
        if (option != null) {
            return option;
        }
        String hint = nearest(name).map(near -> "; did you mean " + near + "?").orElse("");
        throw new UsageException(
                "%s: no such option (expected: one of %s)%s"
                        .formatted(name, String.join(", ", names()), hint));
    }

    private void checkWords(List<String> found) {
        if (found.size() < required) {
            throw new UsageException(words.get(found.size()) + ": missing (expected: one)");
        }
        if (found.size() > words.size()) {
            String expected = words.isEmpty() ? "none" : "only " + String.join(" ", words);
            throw new UsageException(
                    "%s: one word too many (expected: %s)"
                            .formatted(found.get(words.size()), expected));
        }
    }

    private Optional<String> nearest(String typed) {
        return names().stream().filter(name -> isNear(typed, name)).findFirst();
    }

    /** At most one letter wrong, missing or too many; or one is the beginning of the other. */
    private static boolean isNear(String a, String b) {
        int head = 0;
        while (head < Math.min(a.length(), b.length()) && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(a.length(), b.length()) - head
                && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
            tail++;
        }
        return Math.max(a.length(), b.length()) - head - tail <= 1
                || (head > 4 && head == Math.min(a.length(), b.length()));
    }
}
