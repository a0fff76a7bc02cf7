package dev.windrow.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the argument string of a job into arguments.
 *
 * <p>Blanks separate arguments. A quote at the start of an argument, or after its {@code =}, keeps
 * what stands up to its partner together; the quotes stay in the argument, as they do on Azure. A
 * quote without a partner, and every backslash, is an ordinary character.
 */
public final class Arguments {
    private Arguments() {}

    /** Splits; never fails. */
    public static List<String> split(String text) {
        Words words = new Words();
        words.text(text);
        return words.end();
    }

    /** Gathers arguments from pieces of text and values that are never split. */
    static final class Words {
        /** Stands for one value while quotes are looked for; no job file may hold it. */
        private static final char VALUE = '\0';

        private final StringBuilder pattern = new StringBuilder();
        private final List<String> values = new ArrayList<>();

        void text(String text) {
            pattern.append(text.replace(VALUE, ' '));
        }

        void value(String value) {
            pattern.append(VALUE);
            values.add(value);
        }

        List<String> end() {
            List<String> words = new ArrayList<>();
            int nextValue = 0;
            for (String word : splitPattern(pattern.toString())) {
                StringBuilder filled = new StringBuilder();
                for (int i = 0; i < word.length(); i++) {
                    if (word.charAt(i) == VALUE) {
                        filled.append(values.get(nextValue++));
                    } else {
                        filled.append(word.charAt(i));
                    }
                }
                words.add(filled.toString());
            }
            return List.copyOf(words);
        }

        private static List<String> splitPattern(String text) {
            List<String> words = new ArrayList<>();
            int at = 0;
            while (at < text.length()) {
                if (isBlank(text.charAt(at))) {
                    at++;
                } else {
                    int end = endOfWord(text, at);
                    words.add(text.substring(at, end));
                    at = end;
                }
            }
            return words;
        }

        private static int endOfWord(String text, int start) {
            int at = start;
            while (at < text.length() && !isBlank(text.charAt(at))) {
                char letter = text.charAt(at);
                boolean mayOpen = at == start || text.charAt(at - 1) == '=';
                if (mayOpen && (letter == '\'' || letter == '"')) {
                    int partner = text.indexOf(letter, at + 1);
                    at = partner < 0 ? at : partner;
                }
                at++;
            }
            return at;
        }

        private static boolean isBlank(char letter) {
            return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
        }
    }
}
