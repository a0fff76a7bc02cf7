package dev.windrow.client;

import dev.windrow.client.JobSnapshot.ItemCounts;
import dev.windrow.client.JobSnapshot.MiniBatchCounts;
import dev.windrow.client.JobSnapshot.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of a job, for people. */
final class JobSummary {
    private static final int LABEL = 14;

    private final JobSnapshot job;
    private final List<String> lines = new ArrayList<>();

    private JobSummary(JobSnapshot job) {
        this.job = job;
    }

    static List<String> lines(JobSnapshot job) {
        JobSummary summary = new JobSummary(job);
        summary.write();
        return summary.lines;
    }

    private void write() {
        lines.add(job.status() + "  " + job.name());
        job.statusReason().ifPresent(this::reason);
        counts();
        job.seconds().ifPresent(this::time);
        places();
        if (job.status() == JobStatus.COMPLETED && failures() > 0) {
            lines.add(
                    "%s and %s failed, which the job's thresholds allow."
                            .formatted(
                                    Words.count(
                                            job.miniBatches().failed(),
                                            "mini-batch",
                                            "mini-batches"),
                                    Words.count(job.items().failed(), "item", "items")));
        }
    }

    private long failures() {
        return job.miniBatches().failed() + job.items().failed();
    }

    private void reason(Reason reason) {
        row("reason", reason.code() + ": " + Words.oneLine(reason.message()));
        reason.firstCause().ifPresent(cause -> row("first failure", Words.oneLine(cause)));
    }

    private void counts() {
        MiniBatchCounts batches = job.miniBatches();
        String retried =
                batches.retries() == 0 ? "" : ", " + Words.count(batches.retries()) + " retried";
        row(
                "mini-batches",
                tally(batches.succeeded(), batches.failed(), batches.unprocessed(), batches.total())
                        + retried);
        ItemCounts items = job.items();
        row("items", tally(items.succeeded(), items.failed(), items.unprocessed(), items.total()));
    }

    private String tally(long ok, long failed, long rest, long total) {
        String unprocessed =
                rest == 0 && job.status() == JobStatus.COMPLETED
                        ? ""
                        : ", " + Words.count(rest) + " unprocessed";
        return "%s of %s ok, %s failed%s"
                .formatted(Words.count(ok), Words.count(total), Words.count(failed), unprocessed);
    }

    private void time(double seconds) {
        long ended = job.miniBatches().ended();
        String rate = seconds > 0 && ended > 0 ? " (" + Words.rate(ended / seconds) + ")" : "";
        row("time", Words.span(seconds) + rate);
    }

    private void places() {
        String label = "output";
        for (Map.Entry<String, String> output : job.outputs().entrySet()) {
            row(label, Words.oneLine(output.getKey() + "  " + output.getValue()));
            label = "";
        }
        job.partialOutput()
                .ifPresent(rows ->
                        row("", Words.oneLine(rows) + " (the rows so far; nothing at the target)"));
        row("logs", Words.oneLine(job.logsUrl()));
    }

    private void row(String label, String text) {
        lines.add("  " + label + " ".repeat(Math.max(1, LABEL - label.length())) + text);
    }
}
