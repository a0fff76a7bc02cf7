package dev.windrow.runtime.compute;

/** A cluster cannot be used as it was asked for; the message is fit for a user. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Makes it.
     *
     * @param code stable, such as {@code NAMESPACE_NOT_FOUND}
     */
    public ClusterException(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
