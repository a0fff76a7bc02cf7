package dev.windrow.worker.environment;

/** There is no environment, and another try would give none either. One sentence for the user. */
public final class EnvironmentException extends Exception {

    private static final long serialVersionUID = 1L;

    public EnvironmentException(String message) {
        super(message);
    }
}
