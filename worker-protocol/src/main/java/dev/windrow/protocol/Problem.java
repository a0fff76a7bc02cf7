package dev.windrow.protocol;

/**
 * What went wrong in the user's code, for a user to read.
 *
 * @param type such as {@code ValueError}
 * @param traceback the user's frames; may be empty
 * @param userLine the innermost line of the user's; may be empty
 */
public record Problem(String type, String message, String traceback, String userLine) {}
