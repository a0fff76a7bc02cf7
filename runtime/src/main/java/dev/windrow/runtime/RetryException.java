package dev.windrow.runtime;

/** A job cannot be tried again; the message says why. */
public final class RetryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why. */
    public enum Kind {
        /** It has not ended. */
        JOB_NOT_ENDED,
        /** Nothing of it has failed. */
        NOTHING_TO_RETRY,
        /** Its rows cannot be put together with others. */
        NOT_MERGEABLE
    }

    RetryException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
