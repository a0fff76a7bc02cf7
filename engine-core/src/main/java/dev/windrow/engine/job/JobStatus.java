package dev.windrow.engine.job;

/**
 * The twelve statuses of a job, by the names Azure gives them, in the order in which a job takes
 * them; {@link #NOT_RESPONDING} apart, which comes after what it interrupts.
 */
public enum JobStatus {
    /** Not submitted yet. */
    NOT_STARTED("NotStarted", false),
    /** The row is durable; references are being checked. */
    STARTING("Starting", false),
    /** The fleet's objects are being created. */
    PROVISIONING("Provisioning", false),
    /** The environment is being resolved or built. */
    PREPARING("Preparing", false),
    /** No agent is connected yet. */
    QUEUED("Queued", false),
    /** The first agent has work. */
    RUNNING("Running", false),
    /** All mini-batches have ended; output and reports are being made. */
    FINALIZING("Finalizing", false),
    /** A cancel was asked for; workers are being stopped. */
    CANCEL_REQUESTED("CancelRequested", false),
    COMPLETED("Completed", true),
    FAILED("Failed", true),
    CANCELED("Canceled", true),
    /** Running, but no agent was heard for a minute; not an end. */
    NOT_RESPONDING("NotResponding", false);

    private final String text;
    private final boolean terminal;

    JobStatus(String text, boolean terminal) {
        this.text = text;
        this.terminal = terminal;
    }

    /** The name a user sees. */
    public String text() {
        return text;
    }

    public boolean terminal() {
        return terminal;
    }

    /** The status of this name. */
    public static JobStatus of(String text) {
        for (JobStatus status : values()) {
            if (status.text.equals(text)) {
                return status;
            }
        }
        throw new IllegalArgumentException("status: " + text + " (expected: one of the twelve)");
    }

    @Override
    public String toString() {
        return text;
    }
}
