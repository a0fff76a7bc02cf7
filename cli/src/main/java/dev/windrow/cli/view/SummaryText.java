package dev.windrow.cli.view;

import dev.windrow.cli.view.Style.Paint;
import dev.windrow.client.JobSummary;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import dev.windrow.model.EffectiveSettings.Tolerance;
import dev.windrow.runtime.JobOutcome;
import dev.windrow.runtime.RunTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What became of a job, for people. */
public final class SummaryText {

    private final JobOutcome outcome;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private SummaryText(JobOutcome outcome, Style style) {
        this.outcome = outcome;
        this.style = style;
    }

    /** The summary, line by line. */
    public static List<String> lines(JobOutcome outcome, Style style) {
        SummaryText text = new SummaryText(outcome, style);
        text.write();
        return text.lines;
    }

    private void write() {
        lines.add(style.paint(paint(), outcome.status().text()) + "  " + outcome.name());
        outcome.reason().ifPresent(this::reason);
        outcome.firstCause().ifPresent(this::cause);
        counts();
        times();
        places();
        advice();
    }

    private Paint paint() {
        return switch (outcome.status()) {
            case COMPLETED -> outcome.hasFailures() ? Paint.WARNING : Paint.GOOD;
            case FAILED, CANCELED -> Paint.BAD;
            case NOT_STARTED,
                    STARTING,
                    PROVISIONING,
                    PREPARING,
                    QUEUED,
                    RUNNING,
                    FINALIZING,
                    CANCEL_REQUESTED,
                    NOT_RESPONDING ->
                    Paint.STRONG;
        };
    }

    private void reason(JobReason reason) {
        row("reason", reason.code() + ": " + Words.oneLine(reason.message()));
    }

    private void cause(FirstCause cause) {
        String where = cause.miniBatch() < 0 ? "" : "mini-batch " + cause.miniBatch() + ": ";
        row("first failure", where + Words.oneLine(cause.error()));
        if (!cause.userLine().isBlank()) {
            row("", Words.oneLine(cause.userLine()));
        }
    }

    private void counts() {
        Counts counts = outcome.counts();
        boolean completed = outcome.status() == JobStatus.COMPLETED;
        row(
                "mini-batches",
                JobSummary.tally(
                                counts.succeededMiniBatches(),
                                counts.failedMiniBatches(),
                                counts.outstandingMiniBatches(),
                                counts.miniBatches(),
                                completed)
                        + JobSummary.retried(counts.retries())
                        + (counts.planComplete() ? "" : " (the plan is not complete)"));
        row(
                "items",
                JobSummary.tally(
                        counts.succeededItems(),
                        counts.failedItems(),
                        counts.outstandingItems(),
                        counts.items(),
                        completed));
    }

    private void times() {
        RunTimes times = outcome.times();
        if (times.total().isZero()) {
            return;
        }
        StringBuilder text = new StringBuilder(Words.span(times.total()));
        text.append(": start ").append(Words.span(times.start()));
        text.append(", plan ").append(Words.span(times.plan()));
        text.append(", process ").append(Words.span(times.process()));
        text.append(", finalize ").append(Words.span(times.finish()));
        Duration process = times.process();
        long ended = outcome.counts().succeededMiniBatches() + outcome.counts().failedMiniBatches();
        if (process.toMillis() > 0 && ended > 0) {
            double rate = ended / (process.toNanos() / 1e9);
            text.append(" (").append(Words.rate(rate)).append(")");
        }
        row("time", text.toString());
    }

    private void places() {
        String label = "output";
        for (var output : outcome.outputs().entrySet()) {
            boolean partial = outcome.partial().filter(output.getKey()::equals).isPresent();
            String note = partial ? JobSummary.PARTIAL : "";
            row(label, output.getKey() + "  " + output.getValue() + note);
            label = "";
        }
        row("logs", outcome.logs().toString());
    }

    private void advice() {
        switch (outcome.status()) {
            case COMPLETED -> {
                if (outcome.hasFailures()) {
                    lines.add(whyAllowed());
                }
            }
            case FAILED -> {
                boolean script = outcome.reason().filter(SummaryText::ofTheScript).isPresent();
                boolean conda =
                        outcome.reason()
                                .filter(why -> why.code() == ErrorCode.ENVIRONMENT_NOT_MADE)
                                .isPresent();
                lines.add(
                        "To run what is left: windrow resume "
                                + outcome.name()
                                + (script ? " --code FOLDER (with the mended script)" : "")
                                + (conda
                                        ? " --environment venv (reads the conda file again)"
                                        : ""));
            }
            case CANCELED -> lines.add("To run what is left: windrow resume " + outcome.name());
            case NOT_STARTED,
                    STARTING,
                    PROVISIONING,
                    PREPARING,
                    QUEUED,
                    RUNNING,
                    FINALIZING,
                    CANCEL_REQUESTED,
                    NOT_RESPONDING -> {}
        }
    }

    private static boolean ofTheScript(JobReason reason) {
        ErrorCode code = reason.code();
        return code == ErrorCode.SCRIPT_LOAD_FAILED
                || code == ErrorCode.INIT_FAILED
                || code == ErrorCode.INIT_TIMEOUT
                || code == ErrorCode.ITEM_THRESHOLD_EXCEEDED
                || code == ErrorCode.MINI_BATCH_THRESHOLD_EXCEEDED
                || code == ErrorCode.PERCENT_THRESHOLD_EXCEEDED
                || code == ErrorCode.NO_RESULT_TO_APPEND;
    }

    private String whyAllowed() {
        Counts counts = outcome.counts();
        return "%s, which is allowed because %s; --fail-on-error makes it exit code 4."
                .formatted(
                        JobSummary.failed(counts.failedMiniBatches(), counts.failedItems()),
                        limits(outcome.tolerance()));
    }

    private static String limits(Tolerance tolerance) {
        List<String> set = new ArrayList<>();
        if (tolerance.errorThreshold() >= 0) {
            set.add("error_threshold is " + tolerance.errorThreshold());
        }
        if (tolerance.miniBatchErrorThreshold() >= 0) {
            set.add("mini_batch_error_threshold is " + tolerance.miniBatchErrorThreshold());
        }
        if (tolerance.allowedFailedPercent() < 100) {
            set.add("allowed_failed_percent is " + tolerance.allowedFailedPercent());
        }
        return set.isEmpty()
                ? "error_threshold and mini_batch_error_threshold are -1 (any number)"
                : String.join(" and ", set);
    }

    private void row(String label, String text) {
        String padded = new JobSummary.Row(label, text).padded();
        lines.add("  " + style.paint(Paint.FAINT, padded) + text);
    }
}
