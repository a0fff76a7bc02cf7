package dev.windrow.cli.view;

import dev.windrow.engine.tally.Counts;
import dev.windrow.runtime.JobOutcome;
import dev.windrow.runtime.RunTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one document that {@code --json} prints. */
public final class JsonReport {

    private JsonReport() {}

    /** What became of a job. */
    public static String of(JobOutcome outcome) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", outcome.name());
        document.put("status", outcome.status().text());
        document.put(
                "reason",
                outcome.reason()
                        .map(reason -> reasonOf(reason.code().name(), reason.message()))
                        .orElse(null));
        document.put("mini_batches", miniBatches(outcome.counts()));
        document.put("items", items(outcome.counts()));
        document.put("outputs", outcome.outputs());
        document.put("logs", outcome.logs().toString());
        document.put("seconds", seconds(outcome.times().total()));
        document.put("phases", phases(outcome.times()));
        return Json.of(document);
    }

    private static Map<String, Object> reasonOf(String code, String message) {
        Map<String, Object> reason = new LinkedHashMap<>();
        reason.put("code", code);
        reason.put("message", message);
        return reason;
    }

    private static Map<String, Object> miniBatches(Counts counts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", counts.miniBatches());
        map.put("succeeded", counts.succeededMiniBatches());
        map.put("failed", counts.failedMiniBatches());
        map.put("unprocessed", counts.outstandingMiniBatches());
        map.put("attempts", counts.attempts());
        return map;
    }

    private static Map<String, Object> items(Counts counts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", counts.items());
        map.put("succeeded", counts.succeededItems());
        map.put("failed", counts.failedItems());
        map.put("unprocessed", counts.outstandingItems());
        return map;
    }

    private static Map<String, Object> phases(RunTimes times) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("start", seconds(times.start()));
        map.put("plan", seconds(times.plan()));
        map.put("process", seconds(times.process()));
        map.put("finalize", seconds(times.finish()));
        return map;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Why there is no job to report on. */
    public static String of(List<Complaint> complaints) {
        List<Object> errors = new ArrayList<>();
        for (Complaint complaint : complaints) {
            Map<String, @Nullable Object> error = new LinkedHashMap<>();
            error.put("code", complaint.code());
            error.put("message", complaint.message());
            error.put("path", text(complaint.path()));
            error.put("line", complaint.line() == 0 ? null : complaint.line());
            error.put("column", complaint.column() == 0 ? null : complaint.column());
            error.put("value", text(complaint.value()));
            error.put("rule", text(complaint.rule()));
            errors.add(error);
        }
        return Json.of(Map.of("errors", errors));
    }

    private static @Nullable String text(String value) {
        return value.isEmpty() ? null : value;
    }
}
