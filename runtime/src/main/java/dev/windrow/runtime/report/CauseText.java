package dev.windrow.runtime.report;

import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Why a job ended as it did, and where it began to go wrong. */
final class CauseText {

    private static final int LINE_MAX = 1_000;
    private static final int NAMES_MAX = 3;

    private final PlanItems plan;
    private final Path logs;
    private final StringBuilder page = new StringBuilder();

    private CauseText(PlanItems plan, Path logs) {
        this.plan = plan;
        this.logs = logs;
    }

    /** Sections of a page; empty when all went well. */
    static String of(Outcome outcome, PlanItems plan, UserErrors errors, Path logs) {
        CauseText text = new CauseText(plan, logs);
        Optional<JobReason> reason = outcome.row().reason();
        reason.ifPresent(text::why);
        boolean failures = outcome.counts().failedMiniBatches() > 0 || reason.isPresent();
        if (failures) {
            errors.firstForGood().or(errors::first).ifPresent(text::firstFailure);
        }
        return text.page.toString();
    }

    private void why(JobReason reason) {
        page.append("\nWhy\n  ").append(reason.code()).append('\n');
        page.append(Words.indented(Words.shortened(reason.message(), LINE_MAX), 2));
        // What happened before any mini-batch is told in the message, but for the line.
        reason.cause()
                .filter(cause -> cause.miniBatch() < 0)
                .map(FirstCause::userLine)
                .ifPresent(this::at);
    }

    private void firstFailure(Delivery first) {
        page.append("\nFirst failure\n");
        page.append(
                "  mini-batch %d, attempt %d, %s\n"
                        .formatted(first.index(), first.count(), first.where()));
        var text = first.error().orElseThrow().text();
        page.append("  ").append(Words.firstLine(text.oneLine(), LINE_MAX)).append('\n');
        at(text.userLine());
        List<String> names = plan.names(first.index(), NAMES_MAX);
        if (!names.isEmpty()) {
            int more = first.items() - names.size();
            String rest = more > 0 ? " and " + Words.number(more) + " more" : "";
            line("files", String.join(", ", names) + rest);
        }
        String trace = "user/error/%d/%s.txt".formatted(first.facts().instance(), first.process());
        if (Files.exists(logs.resolve(trace))) {
            line("trace", trace);
        }
    }

    private void at(String userLine) {
        if (!userLine.isEmpty()) {
            line("at", userLine);
        }
    }

    private void line(String name, String value) {
        page.append("  %-6s %s\n".formatted(name, value));
    }
}
