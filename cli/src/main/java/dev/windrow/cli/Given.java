package dev.windrow.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was typed after a verb.
 *
 * @param values of each option that was given; none for one without a value
 * @param words in their order
 */
record Given(Map<String, List<String>> values, List<String> words) {

    boolean has(String option) {
        return values.containsKey(option);
    }

    Optional<String> text(String option) {
        return texts(option).stream().findFirst();
    }

    List<String> texts(String option) {
        return values.getOrDefault(option, List.of());
    }

    /** A whole number from 1. */
    OptionalInt whole(String option) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= 1) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new UsageException(
                "%s: %s (expected: a whole number >= 1)".formatted(option, text.get()));
    }

    /** Values of the form {@code NAME=PATH}; the last of a name counts. */
    Map<String, String> pairs(String option) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts(option)) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException("%s: %s (expected: NAME=PATH)".formatted(option, text));
            }
            pairs.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return pairs;
    }

    /** A word that the syntax requires. */
    String word(int index) {
        return words.get(index);
    }

    Optional<String> maybeWord(int index) {
        return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
    }
}
