package dev.windrow.engine.store;

/**
 * What a user reads about a failed attempt.
 *
 * @param type such as {@code ValueError}
 * @param message the error's own words
 * @param traceback the user's frames; may be empty
 * @param userLine the innermost line of the user's, such as {@code entry.py:12: raise ValueError};
 *     may be empty
 */
public record ErrorText(String type, String message, String traceback, String userLine) {

    /** Type and message in one line. */
    public String oneLine() {
        return message.isEmpty() ? type : type + ": " + message;
    }
}
