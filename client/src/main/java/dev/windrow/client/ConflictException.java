package dev.windrow.client;

/** The job is not in a state that allows this, or another job has the name. */
public final class ConflictException extends WindrowException {
    private static final long serialVersionUID = 1L;

    ConflictException(String code, String message) {
        super(code, message);
    }
}
