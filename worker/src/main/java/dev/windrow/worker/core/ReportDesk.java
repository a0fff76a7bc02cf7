package dev.windrow.worker.core;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage.Settled;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.Report.Broke;
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

    /** Bound a message, together with the errors that a worker cannot tell at greater length. */
    private static final int REPORTS_MAX = 1_000;

    private static final int MESSAGE_BYTES = 4 << 20;

    /** A character as JSON in ASCII, and numbers of a report, take no more bytes. */
    private static final int CHARACTER_BYTES = 6;

    private static final int NUMBER_BYTES = 200;

    private final AgentLink link;
    private final SegmentPort segments;
    private final Map<Integer, Unsettled> unsettled = new HashMap<>();
    private List<Report> waiting = new ArrayList<>();

    private record Unsettled(Report report, Instant saidAt) {}

    ReportDesk(AgentLink link, SegmentPort segments) {
        this.link = link;
        this.segments = segments;
    }

    /** True when the engine has settled all. */
    boolean isEmpty() {
        return waiting.isEmpty() && unsettled.isEmpty();
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
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < reports.size(); i++) {
            int more = bytes(reports.get(i));
            if (i > from && (i - from == REPORTS_MAX || bytes + more > MESSAGE_BYTES)) {
                link.send(new AgentMessage.Results(reports.subList(from, i)));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        link.send(new AgentMessage.Results(reports.subList(from, reports.size())));
    }

    /** No fewer than the report takes in a message. */
    private static int bytes(Report report) {
        int characters =
                switch (report) {
                    case Returned returned -> returned.rows().segment().length();
                    case Broke(_, _, _, _, Problem said) ->
                            said.type().length()
                                    + said.message().length()
                                    + said.traceback().length()
                                    + said.userLine().length();
                };
        return NUMBER_BYTES + characters * CHARACTER_BYTES;
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
