package dev.windrow.runtime.report;

import dev.windrow.engine.store.LedgerEntry.EventNoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code job_error.txt}: what ended the job, what was noted while it ran, and the first {@value
 * #ATTEMPTS_MAX} failed attempts.
 */
final class ErrorPage implements DeliverySink {

    private static final int ATTEMPTS_MAX = 100;
    private static final int EVENTS_MAX = 100;
    private static final int LINE_MAX = 1_000;
    private static final int MICROS = 1_000_000;

    private final List<Delivery> attempts = new ArrayList<>();
    private long more;

    @Override
    public void take(Delivery delivery) {
        if (delivery.error().isEmpty()) {
            return;
        }
        if (attempts.size() < ATTEMPTS_MAX) {
            attempts.add(delivery);
        } else {
            more++;
        }
    }

    /** The page; empty when there is nothing to say. */
    Optional<String> text(Outcome outcome, List<EventNoted> events) {
        boolean ended = outcome.row().reason().isPresent();
        if (!ended && attempts.isEmpty() && events.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder page = new StringBuilder();
        outcome.row()
                .reason()
                .ifPresent(reason -> {
                    page.append(outcome.row().status()).append(": ").append(reason.code());
                    page.append('\n').append(Words.indented(reason.message(), 2)).append('\n');
                });
        noted(events, page);
        if (!attempts.isEmpty()) {
            page.append("Failed attempts, by mini-batch\n");
            attempts.forEach(attempt -> describe(attempt, page));
        }
        if (more > 0) {
            page.append(
                    "  and %s more; all are in sys/job_report/processed_mini-batches.csv\n"
                            .formatted(Words.number(more)));
        }
        return Optional.of(page.toString());
    }

    private static void noted(List<EventNoted> events, StringBuilder page) {
        if (events.isEmpty()) {
            return;
        }
        page.append("Noted while it ran (UTC)\n");
        for (EventNoted event : events.subList(0, Math.min(events.size(), EVENTS_MAX))) {
            page.append("  ").append(Words.time(event.at())).append("  ");
            page.append(Words.firstLine(event.text(), LINE_MAX)).append('\n');
        }
        if (events.size() > EVENTS_MAX) {
            page.append("  and %d more\n".formatted(events.size() - EVENTS_MAX));
        }
        page.append('\n');
    }

    private static void describe(Delivery attempt, StringBuilder page) {
        var text = attempt.error().orElseThrow().text();
        page.append("  mini-batch ").append(attempt.index());
        page.append(", attempt ").append(attempt.count());
        page.append(", ").append(attempt.where());
        long micros = attempt.facts().startMicros();
        if (micros > 0) {
            page.append(", ").append(Words.time(Instant.ofEpochSecond(micros / MICROS)));
        }
        page.append(attempt.last() ? ": failed for good\n" : ": tried again\n");
        page.append("    ").append(Words.firstLine(text.oneLine(), LINE_MAX)).append('\n');
        if (!text.userLine().isEmpty()) {
            page.append("    at ").append(text.userLine()).append('\n');
        }
    }
}
