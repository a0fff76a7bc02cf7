package dev.windrow.model.compute;

/**
 * One mistake in what a compute is to be attached with.
 *
 * @param path of the field, as Azure's SDK names it
 * @param value what was found; empty when something is missing
 * @param rule what was expected
 */
public record BrokenRule(Kind kind, String path, String value, String rule) {

    /** What kind of mistake it is. */
    public enum Kind {
        MISSING,
        INVALID,
        /** Two values that cannot both be given. */
        CONFLICT
    }

    /** Gives field, value and rule in one sentence. */
    public String message() {
        return path
                + ": "
                + (kind == Kind.MISSING ? "missing" : value)
                + " (expected: "
                + rule
                + ")";
    }
}
