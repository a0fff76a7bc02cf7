package dev.windrow.client;

/** The server does not know the token, or its owner may not do this. */
public final class UnauthorizedException extends WindrowException {
    private static final long serialVersionUID = 1L;

    UnauthorizedException(String code, String message) {
        super(code, message);
    }
}
