package dev.windrow.cli.view;

import dev.windrow.cli.view.Style.Paint;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.JobSnapshot.Reason;
import dev.windrow.client.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What has become of a server's job, for people, as {@link SummaryText} tells of a local one. */
public final class ServerJobText {

    private static final int LABEL = 14;

    private final JobSnapshot job;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private ServerJobText(JobSnapshot job, Style style) {
        this.job = job;
        this.style = style;
    }

    /** The summary, line by line. */
    public static List<String> lines(JobSnapshot job, Style style) {
        ServerJobText text = new ServerJobText(job, style);
        text.write();
        return text.lines;
    }

    /** Whether some mini-batch or item has failed. */
    public static boolean hasFailures(JobSnapshot job) {
        return job.miniBatches().failed() > 0 || job.items().failed() > 0;
    }

    private void write() {
        lines.add(style.paint(paint(), job.status().toString()) + "  " + job.name());
        job.statusReason().ifPresent(this::reason);
        var batches = job.miniBatches();
        String retried =
                batches.retries() == 0 ? "" : ", " + Words.count(batches.retries()) + " retried";
        row(
                "mini-batches",
                tally(batches.succeeded(), batches.failed(), batches.unprocessed(), batches.total())
                        + retried);
        var items = job.items();
        row("items", tally(items.succeeded(), items.failed(), items.unprocessed(), items.total()));
        job.seconds().ifPresent(this::time);
        places();
        advice();
    }

    private Paint paint() {
        return switch (job.status()) {
            case COMPLETED -> hasFailures(job) ? Paint.WARNING : Paint.GOOD;
            case FAILED, CANCELED -> Paint.BAD;
            case NOT_STARTED,
                    STARTING,
                    PROVISIONING,
                    PREPARING,
                    QUEUED,
                    RUNNING,
                    FINALIZING,
                    CANCEL_REQUESTED,
                    NOT_RESPONDING,
                    UNKNOWN ->
                    Paint.STRONG;
        };
    }

    private void reason(Reason reason) {
        row("reason", reason.code() + ": " + Words.oneLine(reason.message()));
        reason.firstCause().ifPresent(cause -> row("first failure", Words.oneLine(cause)));
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
        row("time", Words.span(Duration.ofMillis(Math.round(seconds * 1e3))) + rate);
    }

    private void places() {
        String label = "output";
        for (Map.Entry<String, String> output : job.outputs().entrySet()) {
            row(label, Words.oneLine(output.getKey() + "  " + output.getValue()));
            label = "";
        }
        if (job.partialOutput().isPresent()) {
            String rows = Words.oneLine(job.partialOutput().get());
            row(label, rows + " (the rows so far; nothing was put at the target)");
        }
        row("logs", Words.oneLine(job.logsUrl()));
    }

    private void advice() {
        if (!hasFailures(job)) {
            return;
        }
        if (job.status() == JobStatus.COMPLETED) {
            lines.add(
                    "%s and %s failed, which the job allows; --fail-on-error makes it exit code 4."
                            .formatted(
                                    Words.count(
                                            job.miniBatches().failed(),
                                            "mini-batch",
                                            "mini-batches"),
                                    Words.count(job.items().failed(), "item", "items")));
        }
        lines.add("What failed: windrow job mini-batches " + job.name() + " --state failed");
    }

    private void row(String label, String text) {
        String padded = label + " ".repeat(Math.max(1, LABEL - label.length()));
        lines.add("  " + style.paint(Paint.FAINT, padded) + text);
    }
}
