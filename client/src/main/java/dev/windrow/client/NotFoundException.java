package dev.windrow.client;

/** There is no such job, output, log file or mini-batch. */
public final class NotFoundException extends WindrowException {
    private static final long serialVersionUID = 1L;

    NotFoundException(String code, String message) {
        super(code, message);
    }
}
