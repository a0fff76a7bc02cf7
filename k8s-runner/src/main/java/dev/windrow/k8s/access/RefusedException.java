package dev.windrow.k8s.access;

/** A cluster does not do what it was asked for; the message is one sentence for a user. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What was said. */
    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
