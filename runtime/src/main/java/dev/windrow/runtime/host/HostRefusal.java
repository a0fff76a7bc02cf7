package dev.windrow.runtime.host;

import dev.windrow.spec.Mistake;
import java.util.List;

/** Something a server cannot do with computes or datastores; the message is fit for a user. */
public final class HostRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Because because;
    private final String code;
    private final transient List<Mistake> mistakes;

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
        this(because, code, message, List.of());
    }

    /** Makes it of mistakes, at least one. */
    public HostRefusal(Because because, String code, String message, List<Mistake> mistakes) {
        super(message);
        this.because = because;
        this.code = code;
        this.mistakes = List.copyOf(mistakes);
    }

    public Because because() {
        return because;
    }

    public String code() {
        return code;
    }

    /** All mistakes; none when the message says everything. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
