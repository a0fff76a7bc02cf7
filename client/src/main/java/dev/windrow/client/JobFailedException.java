package dev.windrow.client;

/** A job that was followed to its end has failed. */
public final class JobFailedException extends WindrowException {
    private static final long serialVersionUID = 1L;

    private final transient JobSnapshot job;

    JobFailedException(JobSnapshot job) {
        super(job.reasonCode(), message(job));
        this.job = job;
    }

    private static String message(JobSnapshot job) {
        return job.statusReason()
                .map(reason ->
                        "%s failed: %s%s"
                                .formatted(
                                        job.name(),
                                        reason.message(),
                                        reason.firstCause()
                                                .map(cause -> " First failure: " + cause)
                                                .orElse("")))
                .orElse(job.name() + " failed.");
    }

    /** Gives the job as it ended. */
    public JobSnapshot job() {
        return job;
    }
}
