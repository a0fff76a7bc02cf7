package dev.windrow.worker.core;

import dev.windrow.protocol.Trouble;

/** Rows that cannot be made durable; the message is fit for a user. */
public final class SegmentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    public SegmentException(Trouble trouble, String message, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
