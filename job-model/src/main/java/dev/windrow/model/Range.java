package dev.windrow.model;

/** The whole numbers a field may hold, both ends included, and the words for that rule. */
public record Range(long min, long max) {
    private static final long INT_MAX = Integer.MAX_VALUE;

    /** Rejects a range without any number in it. */
    public Range {
        if (min > max) {
            throw new IllegalArgumentException(
                    "min: " + min + " (expected: a number up to max, " + max + ")");
        }
    }

    /** Gives the range from {@code min} to the largest 32-bit number. */
    public static Range atLeast(long min) {
        return new Range(min, INT_MAX);
    }

    /** Tells whether the number is allowed. */
    public boolean holds(long value) {
        return min <= value && value <= max;
    }

    /** Says the rule in words, to follow "expected:". */
    public String rule() {
        String upTo = max == INT_MAX ? " or more" : " to " + max;
        return "a whole number, " + min + upTo;
    }

    /** Throws with field, value and rule when the number is not allowed; else gives it back. */
    public long check(String field, long value) {
        if (!holds(value)) {
            throw Rules.broken(field, value, rule());
        }
        return value;
    }
}
