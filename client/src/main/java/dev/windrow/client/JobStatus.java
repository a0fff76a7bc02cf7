package dev.windrow.client;

/** Where a job stands; a server may learn statuses that this client does not know. */
public enum JobStatus {
    NOT_STARTED("NotStarted"),
    STARTING("Starting"),
    PROVISIONING("Provisioning"),
    PREPARING("Preparing"),
    QUEUED("Queued"),
    RUNNING("Running"),
    FINALIZING("Finalizing"),
    CANCEL_REQUESTED("CancelRequested"),
    COMPLETED("Completed"),
    FAILED("Failed"),
    CANCELED("Canceled"),
    NOT_RESPONDING("NotResponding"),
    /** A status that this client does not know. */
    UNKNOWN("Unknown");

    private final String text;

    JobStatus(String text) {
        this.text = text;
    }

    /** Gives the status of that text, {@link #UNKNOWN} for any other text. */
    public static JobStatus of(String text) {
        for (JobStatus status : values()) {
            if (status.text.equals(text)) {
                return status;
            }
        }
        return UNKNOWN;
    }

    /** Tells whether the job has ended; a job that does not respond may come back. */
    public boolean ended() {
        return this == COMPLETED || this == FAILED || this == CANCELED;
    }

    /** Gives Azure's spelling. */
    @Override
    public String toString() {
        return text;
    }
}
