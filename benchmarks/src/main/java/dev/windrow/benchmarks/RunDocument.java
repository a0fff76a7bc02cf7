package dev.windrow.benchmarks;

import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.JobProgress.Phases;
import dev.windrow.engine.tally.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A run's outcome in the words of {@code windrow run --json}, with what was measured beside it. */
final class RunDocument {

    private final StringBuilder text = new StringBuilder("{");

    RunDocument(String name, JobProgress end, Instant began) {
        Counts counts = end.counts();
        Phases phases = end.phases();
        Optional<Instant> finishing = phases.publishingBegan().or(phases::lastCommit);
        field("name", "\"" + name + "\"");
        field("status", "\"" + end.status().text() + "\"");
        field(
                "mini_batches",
                "{\"total\": %d, \"succeeded\": %d, \"failed\": %d, \"unprocessed\": %d, \"attempts\": %d}"
                        .formatted(
                                counts.miniBatches(),
                                counts.succeededMiniBatches(),
                                counts.failedMiniBatches(),
                                counts.outstandingMiniBatches(),
                                counts.attempts()));
        field("retries", Long.toString(counts.retries()));
        field("seconds", seconds(Optional.of(began), phases.ended()));
        field(
                "phases",
                "{\"process\": %s, \"finalize\": %s, \"first_lease_to_end\": %s}"
                        .formatted(
                                Double.toString(phases.processing().toNanos() / 1e9),
                                seconds(finishing, phases.ended()),
                                seconds(phases.firstLease(), phases.ended())));
    }

    private static String seconds(Optional<Instant> from, Optional<Instant> to) {
        return from.isEmpty() || to.isEmpty()
                ? "null"
                : String.format(
                        Locale.ROOT,
                        "%.6f",
                        Duration.between(from.get(), to.get()).toNanos() / 1e9);
    }

    RunDocument field(String name, String json) {
        if (text.length() > 1) {
            text.append(", ");
        }
        text.append('"').append(name).append("\": ").append(json);
        return this;
    }

    RunDocument field(String name, long[] values) {
        return field(name, Arrays.toString(values));
    }

    String json() {
        return text + "}\n";
    }
}
