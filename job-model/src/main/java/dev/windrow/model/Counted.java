package dev.windrow.model;

/** A number with what it counts, as messages say it. */
public final class Counted {

    private Counted() {}

    /** {@code 1 job}, {@code 2 jobs}. */
    public static String of(long number, String one, String many) {
        return number + " " + noun(number, one, many);
    }

    /** {@code 0 of 1 worker}, {@code 1 of 2 workers}. */
    public static String part(long number, long all, String one, String many) {
        return "%d of %s".formatted(number, of(all, one, many));
    }

    /** The word that stands behind a number. */
    public static String noun(long number, String one, String many) {
        return number == 1 ? one : many;
    }
}
