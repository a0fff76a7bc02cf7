package dev.windrow.spec;

/**
 * One mistake in a job.
 *
 * @param message field, value and rule in one sentence
 * @param path dotted path of the field; empty for the whole file
 * @param line counts from 1; 0 when the mistake is not in the file
 * @param column counts from 1; 0 when the mistake is not in the file
 * @param value what was found; empty when something is missing
 * @param rule what was expected
 */
public record Mistake(
        MistakeCode code,
        String message,
        String path,
        int line,
        int column,
        String value,
        String rule) {
    private static final int SHOWN = 200;

    /** Makes a mistake whose message is {@code path: value (expected: rule)}. */
    static Mistake of(MistakeCode code, Place place, String path, String value, String rule) {
        String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        String subject = path.isEmpty() ? "" : path + ": ";
        String found = shown.isEmpty() && code == MistakeCode.MISSING_FIELD ? "missing" : shown;
        String message = subject + found + " (expected: " + rule + ")";
        return new Mistake(code, message, path, place.line(), place.column(), shown, rule);
    }

    /** Gives the message after its line and column, if it has any. */
    @Override
    public String toString() {
        return line == 0 ? message : line + ":" + column + " " + message;
    }
}
