package dev.windrow.worker.process;

/**
 * How a process ended.
 *
 * @param code as the system's shell tells it: above 128 the number of a signal is added
 */
public record ExitStatus(int code) {

    private static final int SIGNALED = 128;

    /** Of a process whose end nobody has seen. */
    public static final ExitStatus UNKNOWN = new ExitStatus(SIGNALED);

    /** Whether it was not killed, for all that is known. */
    public boolean byItself() {
        return code < SIGNALED;
    }

    /** Whether this signal has killed it. */
    boolean isSignal(int signal) {
        return code == SIGNALED + signal;
    }

    /** What it did, for a sentence that begins with the process. */
    public String text() {
        return code > SIGNALED
                ? "was killed by signal " + (code - SIGNALED)
                : "ended with exit status " + code;
    }
}
