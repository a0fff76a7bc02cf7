package dev.windrow.client;

/** What went wrong between this client and a server; each kind has a class of its own. */
public abstract sealed class WindrowException extends RuntimeException
        permits ValidationException,
                NotFoundException,
                ConflictException,
                UnauthorizedException,
                ServerException,
                NoServerException,
                JobFailedException,
                ComputeException,
                InterruptedCallException {
    private static final long serialVersionUID = 1L;

    private final String code;

    WindrowException(String code, String message) {
        super(message);
        this.code = code;
    }

    WindrowException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Gives the stable code of what went wrong, for programs. */
    public String code() {
        return code;
    }
}
