package dev.windrow.client;

/** The server cannot do what it was asked, breaks off, or answers against its contract. */
public final class ServerException extends WindrowException {
    /** Code of an answer that breaks the contract. */
    public static final String BAD_ANSWER = "BAD_ANSWER";

    /** Code of a connection that broke and could not be had again. */
    public static final String CONNECTION_LOST = "CONNECTION_LOST";

    /** Code of a server that is not who it says it is, as far as this client can tell. */
    public static final String UNTRUSTED = "UNTRUSTED_SERVER";

    private static final long serialVersionUID = 1L;

    private final int status;

    ServerException(String code, String message, int status) {
        super(code, message);
        this.status = status;
    }

    ServerException(String code, String message, Throwable cause) {
        super(code, message, cause);
        this.status = 0;
    }

    static ServerException badAnswer(String message) {
        return new ServerException(BAD_ANSWER, message, 0);
    }

    static ServerException badAnswer(String message, Throwable cause) {
        return new ServerException(BAD_ANSWER, message, cause);
    }

    /** Gives the HTTP status; 0 when the answer itself was at fault or there was none. */
    public int status() {
        return status;
    }
}
