package dev.windrow.runtime.gateway;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.schedule.AttemptReport;
import dev.windrow.engine.schedule.Held;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.RowRange;
import dev.windrow.protocol.Cause;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Timing;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import java.util.ArrayList;
import java.util.List;

/** The protocol's words in the engine's, and the other way round. */
final class Words {

    /** Mini-batches that one agent is leased at one time; far more than its workers can take. */
    private static final int HELD_MAX = 1 << 16;

    /** Beside its leases an agent names answers that were not settled yet. */
    private static final long NAMED_MAX = 4L * HELD_MAX;

    private Words() {}

    static LeaseToken token(Token token) {
        return new LeaseToken(token.epoch(), token.counter());
    }

    static Token token(LeaseToken token) {
        return new Token(token.epoch(), token.counter());
    }

    static Held held(Holdings holdings) {
        return new Held(
                spans(holdings.spans()),
                token(holdings.planning()),
                token(holdings.publishing()),
                capacity(holdings.capacity()));
    }

    /** What an agent wants, as far as it can have it. */
    static int capacity(int wanted) {
        return Math.clamp(wanted, 0, HELD_MAX);
    }

    /**
     * The same spans.
     *
     * @throws IllegalArgumentException when they name more than one agent is ever leased
     */
    static List<Held.Span> spans(List<Span> spans) {
        List<Held.Span> mapped = new ArrayList<>(spans.size());
        long named = 0;
        for (Span span : spans) {
            named += span.to() - span.from();
            if (named > NAMED_MAX) {
                throw new IllegalArgumentException(
                        "spans: more (expected: at most %d mini-batches)".formatted(NAMED_MAX));
            }
            mapped.add(new Held.Span(token(span.token()), span.from(), span.to()));
        }
        return mapped;
    }

    static List<AttemptReport> reports(int agent, List<Report> reports) {
        List<AttemptReport> mapped = new ArrayList<>(reports.size());
        for (Report report : reports) {
            mapped.add(report(agent, report));
        }
        return mapped;
    }

    private static AttemptReport report(int agent, Report report) {
        Timing timing = report.timing();
        AttemptFacts facts =
                new AttemptFacts(
                        token(report.token()),
                        agent,
                        timing.worker(),
                        timing.startMicros(),
                        timing.processNanos(),
                        timing.runNanos());
        return switch (report) {
            case Report.Returned returned ->
                    new AttemptReport.Returned(
                            returned.index(), facts, returned.returned(), rows(returned.rows()));
            case Report.Broke broke ->
                    new AttemptReport.Broke(
                            broke.index(),
                            facts,
                            new FailedAttempt(cause(broke.cause()), error(broke.problem())));
        };
    }

    private static RowRange rows(RowSpan span) {
        return span.length() == 0
                ? RowRange.NONE
                : new RowRange(span.segment(), span.offset(), span.length(), span.head());
    }

    static RowSpan rows(RowRange range) {
        return new RowSpan(range.segment(), range.offset(), range.length(), range.head());
    }

    private static FailureCause cause(Cause cause) {
        return switch (cause) {
            case EXCEPTION -> FailureCause.EXCEPTION;
            case BAD_RETURN -> FailureCause.BAD_RETURN;
            case TIMEOUT -> FailureCause.TIMEOUT;
            case WORKER_DIED -> FailureCause.WORKER_DIED;
            case LOAD_FAILED -> FailureCause.LOAD_FAILED;
        };
    }

    static ErrorText error(Problem problem) {
        return new ErrorText(
                problem.type(), problem.message(), problem.traceback(), problem.userLine());
    }

    static ErrorCode code(Trouble trouble) {
        return switch (trouble) {
            case INPUT_UNREADABLE -> ErrorCode.INPUT_UNREADABLE;
            case OUTPUT_UNWRITABLE -> ErrorCode.OUTPUT_UNWRITABLE;
            case DISK_FULL -> ErrorCode.DISK_FULL;
            case DATA_LOST -> ErrorCode.DATA_LOST;
            case NO_PYTHON -> ErrorCode.NO_PYTHON;
            case ENVIRONMENT_NOT_MADE -> ErrorCode.ENVIRONMENT_NOT_MADE;
            case INTERNAL -> ErrorCode.INTERNAL;
        };
    }
}
