package dev.windrow.api.job;

import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.tally.Counts;
import dev.windrow.model.Counted;
import dev.windrow.runtime.host.JobView;
import dev.windrow.store.register.RegisteredJob.Reason;

/** Says in one sentence what a job waits for, or why it ended as it did. */
final class WhyText {

    private WhyText() {}

    static String of(JobView job) {
        if (job.reason().isPresent()) {
            Reason reason = job.reason().get();
            return reason.firstCause()
                    .map(cause -> reason.message() + "; first: " + cause)
                    .orElse(reason.message());
        }
        Counts counts = job.counts();
        return switch (job.status()) {
            case COMPLETED -> completed(counts);
            case FAILED, CANCELED -> "it has ended, and nothing is known of why";
            case NOT_STARTED, STARTING, PROVISIONING, PREPARING, QUEUED ->
                    "waits for its first agent to have work";
            case RUNNING -> job.progress().map(WhyText::running).orElse("is being taken up again");
            case FINALIZING -> "all mini-batches have ended; output and reports are being made";
            case CANCEL_REQUESTED -> "was asked to stop; its workers are being stopped";
            case NOT_RESPONDING -> "no agent was heard for a minute";
        };
    }

    private static String completed(Counts counts) {
        if (counts.failedMiniBatches() + counts.failedItems() > 0) {
            return "%s and %s failed, within what the job allows"
                    .formatted(
                            ofMiniBatches(counts.failedMiniBatches(), counts),
                            Counted.part(counts.failedItems(), counts.items(), "item", "items"));
        }
        return counts.miniBatches() == 1
                ? "its one mini-batch succeeded"
                : "all %d mini-batches succeeded".formatted(counts.miniBatches());
    }

    private static String ofMiniBatches(long number, Counts counts) {
        return Counted.part(number, counts.miniBatches(), "mini-batch", "mini-batches");
    }

    private static String running(JobProgress progress) {
        Counts counts = progress.counts();
        if (progress.agents() == 0) {
            return "waits for an agent to connect";
        }
        if (progress.workersReady() == 0) {
            return "waits for the first worker to import the script and end init()";
        }
        if (!counts.planComplete() && counts.outstandingMiniBatches() == 0) {
            return "waits for the input to be listed";
        }
        long left = counts.outstandingMiniBatches();
        return "%s %s left, %d of them with workers"
                .formatted(
                        ofMiniBatches(left, counts),
                        Counted.noun(left, "is", "are"),
                        progress.leased());
    }
}
