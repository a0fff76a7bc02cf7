package dev.windrow.runtime.transfer;

/** Files of a volume cannot be had; the message is fit for a user. */
public final class TransferException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean passing;

    private TransferException(String code, boolean passing, String message) {
        super(message);
        this.code = code;
        this.passing = passing;
    }

    /** It may be had when it is asked for again soon. */
    static TransferException passing(String code, String message) {
        return new TransferException(code, true, message);
    }

    /** Asking again right away is of no use. */
    static TransferException lasting(String code, String message) {
        return new TransferException(code, false, message);
    }

    /** Stable, such as {@code TRANSFER_STARTING}. */
    public String code() {
        return code;
    }

    /** Whether it may be had when it is asked for again soon. */
    public boolean isPassing() {
        return passing;
    }
}
