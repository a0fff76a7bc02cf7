package dev.windrow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of Python will do, as conda writes it: {@code =3.10}, {@code >=3.9,<3.12}.
 *
 * <p>{@code =}, {@code ==} and {@code !=} compare as many numbers as are written, so that 3.10.4 is
 * a 3.10; the others compare all.
 *
 * @param text clauses between commas; empty when any version will do
 */
public record PythonRule(String text) {
    /** Any version will do. */
    public static final PythonRule ANY = new PythonRule("");

    /** How one is written. */
    public static final String FORM =
            "versions such as =3.10 or >=3.9,<3.12, with the signs =, ==, !=, <, <=, > and >=";

    private static final Pattern CLAUSE =
            Pattern.compile(
                    "(==|=|!=|<=|>=|<|>)?\\s*([0-9]{1,4}(?:\\.[0-9]{1,4}){0,3})(?:\\.?\\*)?");
    private static final int CLAUSES_MOST = 10;

    /** Checks the form. */
    public PythonRule {
        text = text.strip();
        clauses(text);
    }

    /**
     * Tells whether a version fits.
     *
     * @param version such as {@code 3.11.7}
     */
    public boolean fits(String version) {
        List<Integer> numbers = numbers(version);
        return clauses(text).stream().allMatch(clause -> clause.fits(numbers));
    }

    /** The same as pip writes it, to stand behind the name of a package. */
    public String asRequirement() {
        return String.join(",", clauses(text).stream().map(Clause::asRequirement).toList());
    }

    private static List<Clause> clauses(String text) {
        List<Clause> clauses = new ArrayList<>();
        if (text.isEmpty()) {
            return clauses;
        }
        for (String part : text.split(",", CLAUSES_MOST + 1)) {
            Matcher matcher = CLAUSE.matcher(part.strip());
            if (!matcher.matches() || clauses.size() == CLAUSES_MOST) {
                throw Rules.broken("version", text, FORM);
            }
            String sign = matcher.group(1) == null ? "=" : matcher.group(1);
            clauses.add(new Clause(sign, matcher.group(2)));
        }
        return clauses;
    }

    private static List<Integer> numbers(String version) {
        return Pattern.compile("[0-9]{1,9}")
                .matcher(version)
                .results()
                .map(found -> Integer.valueOf(found.group()))
                .toList();
    }

    private record Clause(String sign, String version) {

        boolean fits(List<Integer> actual) {
            List<Integer> wanted = numbers(version);
            return switch (sign) {
                case "=", "==" -> compare(actual, wanted, wanted.size()) == 0;
                case "!=" -> compare(actual, wanted, wanted.size()) != 0;
                case "<" -> compare(actual, wanted, actual.size()) < 0;
                case "<=" -> compare(actual, wanted, actual.size()) <= 0;
                case ">" -> compare(actual, wanted, actual.size()) > 0;
                default -> compare(actual, wanted, actual.size()) >= 0;
            };
        }

        private static int compare(List<Integer> actual, List<Integer> wanted, int places) {
            for (int i = 0; i < Math.max(places, wanted.size()); i++) {
                int left = i < actual.size() ? actual.get(i) : 0;
                int right = i < wanted.size() ? wanted.get(i) : 0;
                if (left != right) {
                    return Integer.compare(left, right);
                }
            }
            return 0;
        }

        String asRequirement() {
            return switch (sign) {
                case "=", "==" -> "==" + version + ".*";
                case "!=" -> "!=" + version + ".*";
                default -> sign + version;
            };
        }
    }
}
