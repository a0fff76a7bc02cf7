package dev.windrow.cli.view;

import dev.windrow.client.MiniBatch;
import dev.windrow.client.MiniBatch.AttemptError;
import dev.windrow.client.MiniBatch.FailedAttempt;
import dev.windrow.client.MiniBatchRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mini-batches of a server's job, for people and for programs. */
public final class MiniBatchText {

    /** What stands above the rows. */
    public static final List<String> HEADS =
            List.of("INDEX", "STATE", "ITEMS", "RETURNED", "TOOK", "ERROR");

    private static final int ITEMS_MAX = 20;

    private MiniBatchText() {}

    /** One of a list as a row. */
    public static List<String> row(MiniBatchRow one) {
        return List.of(
                Integer.toString(one.index()),
                one.state().toString(),
                Long.toString(one.items()),
                Long.toString(one.returned()),
                took(one.seconds()),
                one.error().map(MiniBatchText::brief).orElse(""));
    }

    /** One of a list as a document. */
    public static Map<String, @Nullable Object> document(MiniBatchRow one) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("index", one.index());
        map.put("state", one.state().toString());
        map.put("items", one.items());
        map.put("returned", one.returned());
        map.put("worker", one.worker().orElse(null));
        map.put("seconds", one.seconds().orElse(null));
        map.put("error", one.error().map(MiniBatchText::error).orElse(null));
        return map;
    }

    /** One with everything as a document. */
    public static Map<String, @Nullable Object> document(MiniBatch one) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("index", one.index());
        map.put("state", one.state().toString());
        map.put("items", one.items());
        map.put("returned", one.returned().orElse(null));
        map.put("worker", one.worker().orElse(null));
        map.put("seconds", one.seconds().orElse(null));
        map.put("error", one.error().map(MiniBatchText::error).orElse(null));
        map.put("item_names", one.itemNames());
        map.put(
                "failed_attempts",
                one.failedAttempts().stream().map(MiniBatchText::attempt).toList());
        return map;
    }

    /** One with its items and the tracebacks of its failed attempts. */
    public static List<String> lines(MiniBatch one) {
        List<String> lines = new ArrayList<>();
        String returned = one.returned().map(rows -> ", " + rows + " returned").orElse("");
        String took = took(one.seconds());
        lines.add(
                "mini-batch %d  %s  %s%s%s"
                        .formatted(
                                one.index(),
                                one.state(),
                                Words.count(one.items(), "item", "items"),
                                returned,
                                took.isEmpty() ? "" : ", " + took));
        one.itemNames().stream()
                .limit(ITEMS_MAX)
                .forEach(item -> lines.add("  " + Words.oneLine(item)));
        long more = one.items() - Math.min(ITEMS_MAX, one.itemNames().size());
        if (more > 0) {
            lines.add("  and " + Words.count(more) + " more");
        }
        for (FailedAttempt attempt : one.failedAttempts()) {
            lines.add("attempt %d failed".formatted(attempt.number()));
            lines.addAll(told(attempt.error()));
        }
        if (one.failedAttempts().isEmpty()) {
            one.error().ifPresent(error -> lines.addAll(told(error)));
        }
        return lines;
    }

    private static List<String> told(AttemptError error) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + brief(error));
        error.traceback()
                .ifPresent(text -> text.lines().forEach(line -> lines.add("    " + safe(line))));
        return lines;
    }

    /** What a script has said must not steer the terminal. */
    private static String safe(String line) {
        return line.replace('\t', ' ').replaceAll("\\p{Cntrl}", "?").stripTrailing();
    }

    private static String brief(AttemptError error) {
        return error.cause() + ": " + Words.oneLine(error.message());
    }

    private static String took(Optional<Double> seconds) {
        return seconds.map(time -> Words.span(Duration.ofNanos(Math.round(time * 1e9)))).orElse("");
    }

    private static Map<String, @Nullable Object> error(AttemptError error) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("cause", error.cause());
        map.put("message", error.message());
        map.put("traceback", error.traceback().orElse(null));
        return map;
    }

    private static Map<String, @Nullable Object> attempt(FailedAttempt attempt) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("number", attempt.number());
        map.put("worker", attempt.worker().orElse(null));
        map.put("seconds", attempt.seconds().orElse(null));
        map.put("error", error(attempt.error()));
        return map;
    }
}
