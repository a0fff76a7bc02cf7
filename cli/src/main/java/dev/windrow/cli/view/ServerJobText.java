package dev.windrow.cli.view;

import dev.windrow.cli.view.Style.Paint;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.JobStatus;
import dev.windrow.client.JobSummary;
import java.util.ArrayList;
import java.util.List;

/** What has become of a server's job, for people, as {@link SummaryText} tells of a local one. */
public final class ServerJobText {

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
        JobSummary summary = JobSummary.of(job);
        lines.add(style.paint(paint(), job.status().toString()) + "  " + job.name());
        for (JobSummary.Row row : summary.rows()) {
            lines.add("  " + style.paint(Paint.FAINT, row.padded()) + row.text());
        }
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

    private void advice() {
        if (!hasFailures(job)) {
            return;
        }
        if (job.status() == JobStatus.COMPLETED) {
            lines.add(
                    JobSummary.failed(job.miniBatches().failed(), job.items().failed())
                            + ", which the job allows; --fail-on-error makes it exit code 4.");
        }
        lines.add("What failed: windrow job mini-batches " + job.name() + " --state failed");
    }
}
