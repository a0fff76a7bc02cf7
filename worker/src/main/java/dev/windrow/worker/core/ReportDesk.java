package dev.windrow.worker.core;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage.Settled;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.Report.Returned;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers on their way to the engine: first their rows are made durable, all that wait with one
 * flush a segment; then they are reported; and they are said again until the engine has settled
 * them. Holds no more than the agent was leased.
 */
final class ReportDesk {

    private static final Duration SAY_AGAIN = Duration.ofSeconds(5);

    /** Bounds a message. */
    private static final int REPORTS_MAX = 1_000;

    private final AgentLink link;
    private final SegmentPort segments;
    private final Map<Integer, Unsettled> unsettled = new HashMap<>();
    private List<Report> waiting = new ArrayList<>();

    private record Unsettled(Report report, Instant saidAt) {}

    ReportDesk(AgentLink link, SegmentPort segments) {
        this.link = link;
        this.segments = segments;
    }

    void add(Report report) {
        waiting.add(report);
    }

    /**
     * Reports what waits.
     *
     * @throws SegmentException when the rows cannot be made durable; nothing is reported then
     */
    void send(Instant now) {
        if (waiting.isEmpty()) {
            return;
        }
        Set<String> touched = new HashSet<>();
        for (Report report : waiting) {
            if (report instanceof Returned returned && returned.rows().length() > 0) {
                touched.add(returned.rows().segment());
            }
        }
        if (!touched.isEmpty()) {
            segments.flush(touched);
        }
        List<Report> reports = waiting;
        waiting = new ArrayList<>();
        say(reports, now);
    }

    private void say(List<Report> reports, Instant now) {
        for (Report report : reports) {
            unsettled.put(report.index(), new Unsettled(report, now));
        }
        for (int from = 0; from < reports.size(); from += REPORTS_MAX) {
            int to = Math.min(from + REPORTS_MAX, reports.size());
            link.send(new AgentMessage.Results(reports.subList(from, to)));
        }
    }

    /**
     * Says again what has waited too long for its settlement, or everything on a new connection.
     */
    void sayAgain(boolean all, Instant now) {
        List<Report> late = new ArrayList<>();
        for (Unsettled one : unsettled.values()) {
            if (all || now.isAfter(one.saidAt().plus(SAY_AGAIN))) {
                late.add(one.report());
            }
        }
        if (!late.isEmpty()) {
            say(late, now);
        }
    }

    void settled(List<Settled> settled) {
        for (Settled one : settled) {
            Unsettled known = unsettled.get(one.index());
            if (known != null && known.report().token().equals(one.token())) {
                unsettled.remove(one.index());
            }
        }
    }

    /** True when an answer for this index and token is on its way. */
    boolean has(int index, Token token) {
        Unsettled known = unsettled.get(index);
        return known != null && known.report().token().equals(token);
    }

    void drop(Span span) {
        unsettled
                .values()
                .removeIf(one ->
                        one.report().token().equals(span.token())
                                && one.report().index() >= span.from()
                                && one.report().index() < span.to());
    }

    void spans(List<Span> into) {
        for (Unsettled one : unsettled.values()) {
            into.add(span(one.report()));
        }
        for (Report report : waiting) {
            into.add(span(report));
        }
    }

    private static Span span(Report report) {
        return new Span(report.token(), report.index(), report.index() + 1);
    }
}
