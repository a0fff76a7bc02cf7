package dev.windrow.runtime.host;

/**
 * How much one server takes on.
 *
 * @param runningJobs that run at one time; the others wait in the order they came
 * @param waitingJobs that may wait; more are refused
 * @param retention how long and how much it keeps
 * @param quotas of users and computes
 */
public record HostLimits(int runningJobs, int waitingJobs, Retention retention, Quota.All quotas) {

    /** What a server takes on unless it is told otherwise. */
    public static final HostLimits DEFAULT = new HostLimits(4, 10_000);

    public HostLimits {
        if (runningJobs < 1 || waitingJobs < 1) {
            throw new IllegalArgumentException(
                    "limits: %d running, %d waiting (expected: 1 or more)"
                            .formatted(runningJobs, waitingJobs));
        }
    }

    /** With what a server keeps unless it is told otherwise, and without quotas. */
    public HostLimits(int runningJobs, int waitingJobs) {
        this(runningJobs, waitingJobs, Retention.DEFAULT);
    }

    /** Limits without quotas. */
    public HostLimits(int runningJobs, int waitingJobs, Retention retention) {
        this(runningJobs, waitingJobs, retention, Quota.All.NONE);
    }

    /** The same with quotas. */
    public HostLimits withQuotas(Quota.All all) {
        return new HostLimits(runningJobs, waitingJobs, retention, all);
    }
}
