package dev.windrow.client;

import java.io.IOException;
import java.time.Duration;

/** The server, or what stands before it, asks to come again later. */
final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;
    private final transient WindrowException problem;

    BusyException(Duration retryAfter, WindrowException problem) {
        super(problem.getMessage(), problem);
        this.retryAfter = retryAfter;
        this.problem = problem;
    }

    /** Gives the least time to wait; zero when the server does not say. */
    Duration retryAfter() {
        return retryAfter;
    }

    /** Gives what to throw when there is no further attempt. */
    WindrowException problem() {
        return problem;
    }
}
