package dev.windrow.runtime.host;

/**
 * How much one server takes on.
 *
 * @param runningJobs that run at one time; the others wait in the order they came
 * @param waitingJobs that may wait; more are refused
 * @param retention how long and how much it keeps
 */
public record HostLimits(int runningJobs, int waitingJobs, Retention retention) {

    /** What a server takes on unless it is told otherwise. */
    public static final HostLimits DEFAULT = new HostLimits(4, 10_000);

    public HostLimits {
        if (runningJobs < 1 || waitingJobs < 1) {
            throw new IllegalArgumentException(
                    "limits: %d running, %d waiting (expected: 1 or more)"
                            .formatted(runningJobs, waitingJobs));
        }
    }

    /** With what a server keeps unless it is told otherwise. */
    public HostLimits(int runningJobs, int waitingJobs) {
        this(runningJobs, waitingJobs, Retention.DEFAULT);
    }
}
