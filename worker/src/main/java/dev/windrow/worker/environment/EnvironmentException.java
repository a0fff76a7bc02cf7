package dev.windrow.worker.environment;

/** There is no environment. One sentence for the user. */
public final class EnvironmentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean elsewhere;

    /** Another try would give none either. */
    public EnvironmentException(String message) {
        this(message, false);
    }

    private EnvironmentException(String message, boolean elsewhere) {
        super(message);
        this.elsewhere = elsewhere;
    }

    /** It is this machine's fault: another one may make it. */
    static EnvironmentException ofMachine(String message) {
        return new EnvironmentException(message, true);
    }

    /** Whether it may be made on another machine. */
    public boolean elsewhere() {
        return elsewhere;
    }
}
