package dev.windrow.client;

import dev.windrow.client.JobSnapshot.ItemCounts;
import dev.windrow.client.JobSnapshot.MiniBatchCounts;
import dev.windrow.client.JobSnapshot.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of a job, for people: a head, rows of a label and a text, and what is said at last.
 *
 * @param status the first word of the head, with the job's name behind it
 * @param closing lines about failures that the job allowed
 */
public record JobSummary(JobStatus status, String name, List<Row> rows, List<String> closing) {

    /** What stands behind the place of rows that were not published. */
    public static final String PARTIAL = " (the rows so far; nothing was put at the target)";

    private static final int LABEL = 14;

    /** Copies the lists. */
    public JobSummary {
        rows = List.copyOf(rows);
        closing = List.copyOf(closing);
    }

    /**
     * One row.
     *
     * @param label empty for one that goes on with what the row before is about
     */
    public record Row(String label, String text) {

        /** The label as wide as all labels are. */
        public String padded() {
            return label + " ".repeat(Math.max(1, LABEL - label.length()));
        }
    }

    /** The summary of a job. */
    public static JobSummary of(JobSnapshot job) {
        List<Row> rows = new ArrayList<>();
        job.statusReason().ifPresent(reason -> reason(reason, rows));
        counts(job, rows);
        job.seconds().ifPresent(seconds -> time(job, seconds, rows));
        places(job, rows);
        boolean allowed =
                job.status() == JobStatus.COMPLETED
                        && failures(job.miniBatches().failed(), job.items().failed());
        return new JobSummary(
                job.status(), job.name(), rows, allowed ? List.of(allowed(job)) : List.of());
    }

    /** All of it as plain lines. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(status + "  " + name);
        rows.forEach(row -> lines.add("  " + row.padded() + row.text()));
        lines.addAll(closing);
        return lines;
    }

    /** Whether some mini-batch or item has failed. */
    private static boolean failures(long miniBatches, long items) {
        return miniBatches > 0 || items > 0;
    }

    private static String allowed(JobSnapshot job) {
        return failed(job.miniBatches().failed(), job.items().failed())
                + ", which the job's thresholds allow.";
    }

    /** How many have failed: {@code 1 mini-batch and 4 items failed}. */
    public static String failed(long miniBatches, long items) {
        String some = Words.count(items, "item", "items");
        return miniBatches == 0
                ? some + " failed"
                : "%s and %s failed"
                        .formatted(Words.count(miniBatches, "mini-batch", "mini-batches"), some);
    }

    private static void reason(Reason reason, List<Row> rows) {
        rows.add(new Row("reason", reason.code() + ": " + Words.oneLine(reason.message())));
        reason.firstCause()
                .ifPresent(cause -> rows.add(new Row("first failure", Words.oneLine(cause))));
    }

    private static void counts(JobSnapshot job, List<Row> rows) {
        boolean completed = job.status() == JobStatus.COMPLETED;
        MiniBatchCounts all = job.miniBatches();
        rows.add(
                new Row(
                        "mini-batches",
                        tally(
                                        all.succeeded(),
                                        all.failed(),
                                        all.unprocessed(),
                                        all.total(),
                                        completed)
                                + retried(all.retries())));
        ItemCounts items = job.items();
        rows.add(
                new Row(
                        "items",
                        tally(
                                items.succeeded(),
                                items.failed(),
                                items.unprocessed(),
                                items.total(),
                                completed)));
    }

    /** How often something was tried again, to stand behind a tally; empty for never. */
    public static String retried(long retries) {
        return retries == 0 ? "" : ", " + Words.count(retries) + " retried";
    }

    /**
     * How many there are of what: {@code 8 of 10 ok, 1 failed, 1 unprocessed}.
     *
     * @param completed whether it goes without saying that none is left
     */
    public static String tally(long ok, long failed, long rest, long total, boolean completed) {
        String unprocessed =
                rest == 0 && completed ? "" : ", " + Words.count(rest) + " unprocessed";
        return "%s of %s ok, %s failed%s"
                .formatted(Words.count(ok), Words.count(total), Words.count(failed), unprocessed);
    }

    private static void time(JobSnapshot job, double seconds, List<Row> rows) {
        long ended = job.miniBatches().ended();
        String rate = seconds > 0 && ended > 0 ? " (" + Words.rate(ended / seconds) + ")" : "";
        rows.add(new Row("time", Words.span(seconds) + rate));
    }

    private static void places(JobSnapshot job, List<Row> rows) {
        String label = "output";
        for (Map.Entry<String, String> output : job.outputs().entrySet()) {
            rows.add(new Row(label, Words.oneLine(output.getKey() + "  " + output.getValue())));
            label = "";
        }
        if (job.partialOutput().isPresent()) {
            rows.add(new Row(label, Words.oneLine(job.partialOutput().get()) + PARTIAL));
        }
        rows.add(new Row("logs", Words.oneLine(job.logsUrl())));
    }
}
