package dev.windrow.runtime.report;

import dev.windrow.engine.store.ErrorText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What went wrong in the user's own code: errors of one type at one line are one error with a count
 * and a few examples. Kinds beyond the first {@value #KINDS_MAX} are only counted.
 */
final class UserErrors implements DeliverySink {

    private static final int KINDS_MAX = 200;
    private static final int EXAMPLES_MAX = 5;
    private static final int MESSAGE_MAX = 1_000;
    private static final int TRACE_MAX = 8_000;

    private final Map<Key, Kind> kinds = new LinkedHashMap<>();
    private long others;
    private long attempts;
    private Optional<Delivery> first = Optional.empty();
    private Optional<Delivery> firstForGood = Optional.empty();

    private record Key(String type, String userLine) {}

    /** Errors that are one. */
    private static final class Kind {
        private final Delivery first;
        private final ErrorText text;
        private final List<Delivery> examples = new ArrayList<>();
        private long count;
        private long ended;

        Kind(Delivery first, ErrorText text) {
            this.first = first;
            this.text = text;
        }

        void add(Delivery delivery) {
            count++;
            ended += delivery.last() ? 1 : 0;
            if (examples.size() < EXAMPLES_MAX
                    && (examples.isEmpty() || examples.getLast().index() != delivery.index())) {
                examples.add(delivery);
            }
        }
    }

    @Override
    public void take(Delivery delivery) {
        if (delivery.error().isEmpty() || delivery.lost()) {
            return;
        }
        attempts++;
        first = earlier(first, delivery);
        if (delivery.last()) {
            firstForGood = earlier(firstForGood, delivery);
        }
        ErrorText text = delivery.error().get().text();
        Key key = new Key(text.type(), text.userLine());
        Kind kind = kinds.get(key);
        if (kind == null) {
            if (kinds.size() == KINDS_MAX) {
                others++;
                return;
            }
            kind = new Kind(delivery, text);
            kinds.put(key, kind);
        }
        kind.add(delivery);
    }

    private static Optional<Delivery> earlier(Optional<Delivery> known, Delivery other) {
        long since = known.map(one -> one.facts().startMicros()).orElse(Long.MAX_VALUE);
        return other.facts().startMicros() < since ? Optional.of(other) : known;
    }

    /** Failed attempts in all. */
    long attempts() {
        return attempts;
    }

    /** The failed attempt that began first. */
    Optional<Delivery> first() {
        return first;
    }

    /** The one that began first of those that ended their mini-batch. */
    Optional<Delivery> firstForGood() {
        return firstForGood;
    }

    /** The summary, the most frequent first. */
    String summary() {
        StringBuilder page = new StringBuilder();
        page.append(Words.count(attempts, "failed attempt", "failed attempts"));
        page.append(" in ").append(Words.count(kinds.size(), "kind", "kinds")).append(" of error");
        page.append(others > 0 ? ", and " + Words.number(others) + " of further kinds" : "");
        page.append(".\nFull traces are in error/<node>/<process>.txt beside this file.\n");
        List<Kind> order = new ArrayList<>(kinds.values());
        order.sort(Comparator.comparingLong((Kind kind) -> kind.count).reversed());
        for (Kind kind : order) {
            describe(kind, page);
        }
        return page.toString();
    }

    private static void describe(Kind kind, StringBuilder page) {
        page.append('\n').append(Words.count(kind.count, "attempt", "attempts"));
        page.append(": ").append(Words.firstLine(kind.text.oneLine(), MESSAGE_MAX)).append('\n');
        if (!kind.text.userLine().isEmpty()) {
            page.append("  at ").append(kind.text.userLine()).append('\n');
        }
        page.append("  mini-batches that failed for good by it: ")
                .append(Words.number(kind.ended))
                .append('\n');
        page.append("  examples: mini-batch");
        String before = " ";
        for (Delivery example : kind.examples) {
            page.append(before).append(example.index());
            page.append(" (attempt ").append(example.count()).append(", ");
            page.append(example.where()).append(')');
            before = ", ";
        }
        page.append('\n');
        if (!kind.text.traceback().isBlank()) {
            page.append("  first trace, of mini-batch ").append(kind.first.index()).append(":\n");
            String trace = Words.shortened(kind.text.traceback(), TRACE_MAX);
            page.append(Words.indented(trace, 4));
        }
    }
}
