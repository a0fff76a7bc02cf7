package dev.windrow.protocol.wire;

/** What came over a connection is not what the protocol says; the connection is of no more use. */
public final class WireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }

    WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
