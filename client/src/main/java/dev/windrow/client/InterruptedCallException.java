package dev.windrow.client;

/** The calling thread was interrupted, and stays so; the job itself goes on. */
public final class InterruptedCallException extends WindrowException {
    private static final long serialVersionUID = 1L;

    InterruptedCallException(Throwable cause) {
        super("INTERRUPTED", "Interrupted; the job itself goes on.", cause);
    }

    /** Sets the thread's mark again, which whoever threw the cause has taken away. */
    static InterruptedCallException of(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new InterruptedCallException(cause);
    }
}
