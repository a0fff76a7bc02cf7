package dev.windrow.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the name that somebody who mistyped one probably meant. */
public final class NearMiss {
    private static final int LONGEST = 64;
    private static final int SHOWN = 20;

    private NearMiss() {}

    /** Gives the nearest name, if it is a third of the letters away or less. */
    static Optional<String> of(String typed, Collection<String> names) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        int bound = Math.max(1, Math.min(3, typed.length() / 3));
        return names.stream()
                // Lengths first: a name may be as long as the file.
                .filter(name -> Math.abs(name.length() - typed.length()) <= bound)
                .filter(name -> distance(typed, name) <= bound)
                .min(
                        Comparator.<String>comparingInt(name -> distance(typed, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Gives ", did you mean NAME?" or nothing. */
    public static String hint(String typed, Collection<String> names) {
        return of(typed, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Gives the first names, and dots when there are more. */
    static String list(Collection<String> names) {
        String more = names.size() > SHOWN ? ", …" : "";
        return names.stream()
                        .limit(SHOWN)
                        .map(NearMiss::shortened)
                        .collect(Collectors.joining(", "))
                + more;
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
    }

    /** Counts letters inserted, left out, replaced, or swapped with a neighbour. */
    static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, one, other, i, j);
            }
        }
        return cost[one.length()][other.length()];
    }

    private static int step(int[][] cost, String one, String other, int i, int j) {
        int replace = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best =
                Math.min(
                        Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + replace);
        boolean swapped =
                i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
