package dev.windrow.cli;

/** Thrown for a command line that cannot be understood; its message is fit for a user. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
