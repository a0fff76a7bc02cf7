package dev.windrow.runtime.host;

/** Something a server cannot do with computes or datastores; the message is fit for a user. */
public final class HostRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Because because;
    private final String code;

    /** What kind of refusal it is. */
    public enum Because {
        /** What was sent breaks a rule. */
        INVALID,
        /** What was sent is well formed, and means something that cannot be had here. */
        UNUSABLE,
        NOT_FOUND,
        /** Things are in a state that does not allow it now. */
        CONFLICT,
        /** It is never done. */
        NEVER,
        /** Too much goes on. */
        BUSY
    }

    /**
     * Makes it.
     *
     * @param code stable, for programs
     */
    public HostRefusal(Because because, String code, String message) {
        super(message);
        this.because = because;
        this.code = code;
    }

    public Because because() {
        return because;
    }

    public String code() {
        return code;
    }
}
