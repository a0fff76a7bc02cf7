package dev.windrow.runtime.report;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress.Phases;
import dev.windrow.engine.tally.Counts;
import dev.windrow.model.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code job_result.txt}: one page that says how the job ended, why, and what to read next. */
final class ResultPage {

    private final ReportedJob job;
    private final Outcome outcome;
    private final PlanItems plan;
    private final UserErrors errors;
    private final Duration worked;
    private final StringBuilder page = new StringBuilder();

    /**
     * @param worked from the first start of a mini-batch to the last end
     */
    ResultPage(
            ReportedJob job, Outcome outcome, PlanItems plan, UserErrors errors, Duration worked) {
        this.job = job;
        this.outcome = outcome;
        this.plan = plan;
        this.errors = errors;
        this.worked = worked;
    }

    String text() {
        page.append(job.name()).append(": ").append(outcome.row().status()).append('\n');
        inOneSentence();
        page.append(CauseText.of(outcome, plan, errors, job.folder().logs()));
        counts();
        times();
        outputs();
        resume();
        settings();
        readNext();
        return page.toString();
    }

    private void section(String title) {
        page.append('\n').append(title).append('\n');
    }

    private void line(String name, String value) {
        page.append("  %-12s %s".formatted(name, value).stripTrailing()).append('\n');
    }

    private void inOneSentence() {
        Counts counts = outcome.counts();
        String failures = failures(counts);
        if (!outcome.completed()) {
            return;
        }
        if (failures.isEmpty()) {
            page.append("All ")
                    .append(Words.count(counts.miniBatches(), "mini-batch", "mini-batches"))
                    .append(" succeeded.\n");
        } else {
            page.append(failures).append(". The limits of the job allow it: ");
            page.append(limits()).append(".\n");
        }
    }

    private static String failures(Counts counts) {
        if (counts.failedMiniBatches() > 0) {
            return "%s of %s failed"
                    .formatted(
                            Words.number(counts.failedMiniBatches()),
                            Words.count(counts.miniBatches(), "mini-batch", "mini-batches"));
        }
        return counts.failedItems() == 0
                ? ""
                : "%s of %s failed, because fewer rows than items came back"
                        .formatted(
                                Words.number(counts.failedItems()),
                                Words.count(counts.items(), "item", "items"));
    }

    private String limits() {
        StringBuilder limits = new StringBuilder();
        for (Setting setting : job.settings()) {
            boolean limit =
                    setting.name().endsWith("error_threshold")
                            || setting.name().equals("allowed_failed_percent");
            if (limit) {
                limits.append(limits.isEmpty() ? "" : ", ");
                limits.append(setting.name()).append(' ').append(setting.value());
            }
        }
        return limits.toString();
    }

    private void counts() {
        Counts counts = outcome.counts();
        section("Counts");
        String row = "  %-14s %13s %13s %13s %13s\n";
        page.append(row.formatted("", "total", "succeeded", "failed", "unprocessed"));
        page.append(
                row.formatted(
                        "mini-batches",
                        Words.number(counts.miniBatches()),
                        Words.number(counts.succeededMiniBatches()),
                        Words.number(counts.failedMiniBatches()),
                        Words.number(counts.outstandingMiniBatches())));
        page.append(
                row.formatted(
                        "items",
                        Words.number(counts.items()),
                        Words.number(counts.succeededItems()),
                        Words.number(counts.failedItems()),
                        Words.number(counts.outstandingItems())));
        String retried = ", " + Words.number(counts.retries()) + " of them tried again";
        page.append(
                "  %s%s; %s returned%s\n"
                        .formatted(
                                Words.count(counts.attempts(), "attempt", "attempts"),
                                counts.retries() == 0 ? "" : retried,
                                Words.count(counts.returnedRows(), "row", "rows"),
                                counts.planComplete() ? "" : "; the plan was not complete"));
    }

    private void times() {
        section("Times (UTC)");
        Instant submitted = outcome.row().submittedAt();
        line("submitted", Words.time(submitted));
        outcome.row()
                .endedAt()
                .ifPresent(ended -> {
                    String after = Words.span(Duration.between(submitted, ended));
                    line("ended", "%s, after %s".formatted(Words.time(ended), after));
                });
        if (worked.isPositive()) {
            line("mini-batches", Words.span(worked) + " from the first start to the last end");
        }
        phases(outcome.phases());
    }

    /** Only the run that ended the job knows how long each phase took. */
    private void phases(Phases phases) {
        if (phases.firstLease().isEmpty() || phases.ended().isEmpty()) {
            return;
        }
        Map<String, Duration> parts = new LinkedHashMap<>();
        parts.put("start", Duration.between(phases.opened(), phases.firstLease().get()));
        phases.planningBegan()
                .ifPresent(from ->
                        phases.planCompleted()
                                .ifPresent(to -> parts.put("plan", Duration.between(from, to))));
        parts.put("process", phases.processing());
        phases.publishingBegan()
                .ifPresent(from ->
                        parts.put("finalize", Duration.between(from, phases.ended().get())));
        StringBuilder text = new StringBuilder();
        parts.forEach((name, time) -> {
            text.append(text.isEmpty() ? "" : ", ").append(name).append(' ');
            text.append(Words.span(time));
        });
        line("phases", text.toString());
    }

    private void outputs() {
        if (job.outputs().isEmpty()) {
            return;
        }
        section("Outputs");
        job.outputs().forEach(this::line);
        if (outcome.completed()) {
            return;
        }
        job.partial()
                .ifPresent(partial -> {
                    boolean kept =
                            PartialRows.areAt(
                                    partial,
                                    outcome.row().status(),
                                    outcome.counts(),
                                    outcome.row().reason().map(why -> why.code().name()));
                    if (kept) {
                        line("partial", partial);
                        line(
                                "",
                                "Rows of the mini-batches that succeeded. The output is as before.");
                    } else {
                        page.append("  No rows were collected. The output is as before.\n");
                    }
                });
    }

    private void resume() {
        JobStatus status = outcome.row().status();
        if (status != JobStatus.FAILED && status != JobStatus.CANCELED) {
            return;
        }
        Counts counts = outcome.counts();
        section("Go on");
        if (counts.failedMiniBatches() == 0 && counts.allEnded()) {
            page.append("  Nothing is left to be run. Mend the script, and run it as a new job.\n");
            return;
        }
        page.append("  windrow resume ").append(job.name()).append('\n');
        page.append(
                "  Runs what failed (%s) and what was not processed (%s); keeps the rest (%s).\n"
                        .formatted(
                                Words.number(counts.failedMiniBatches()),
                                Words.number(counts.outstandingMiniBatches()),
                                Words.number(counts.succeededMiniBatches())));
    }

    private void settings() {
        section("Settings");
        int width = job.settings().stream().mapToInt(one -> one.name().length()).max().orElse(1);
        for (Setting setting : job.settings()) {
            page.append(
                    ("  %-" + width + "s  %s (%s)\n")
                            .formatted(
                                    setting.name(), setting.value(), setting.origin().printed()));
        }
    }

    private void readNext() {
        section("Read next, in this folder");
        Path logs = job.folder().logs();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("job_error.txt", "what went wrong, and where");
        files.put("user/error.txt", "errors of the script, the most frequent first");
        files.put("user/error", "their full traces, by instance and process");
        files.put("user/stdout", "what the script printed");
        files.put("sys/job_report/processed_mini-batches.csv", "each attempt: time, counts, error");
        files.put("readme.txt", "what else is here");
        files.forEach((file, what) -> {
            if (Files.exists(logs.resolve(file))) {
                page.append("  %-43s %s\n".formatted(file, what));
            }
        });
    }
}
