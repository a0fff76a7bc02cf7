package dev.windrow.protocol.wire;

import dev.windrow.protocol.Cause;
import dev.windrow.protocol.EngineMessage.Settled;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Timing;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import java.util.Arrays;

/** Values that several messages hold. Those of which there are many lie flat in one record. */
final class Shared {

    private Shared() {}

    static void token(Token token, WireWriter wire) {
        wire.begin().number(token.epoch()).number(token.counter()).end();
    }

    static Token token(WireReader wire) {
        return wire.record(() -> flatToken(wire));
    }

    private static Token flatToken(WireReader wire) {
        return new Token(wire.number(), wire.number());
    }

    private static WireWriter flatToken(Token token, WireWriter wire) {
        return wire.number(token.epoch()).number(token.counter());
    }

    static void span(Span span, WireWriter wire) {
        flatToken(span.token(), wire.begin()).number(span.from()).number(span.to()).end();
    }

    static Span span(WireReader wire) {
        return wire.record(() -> new Span(flatToken(wire), wire.integer(), wire.integer()));
    }

    static void settled(Settled settled, WireWriter wire) {
        flatToken(settled.token(), wire.begin().number(settled.index())).end();
    }

    static Settled settled(WireReader wire) {
        return wire.record(() -> new Settled(wire.integer(), flatToken(wire)));
    }

    static void lease(LeaseRange lease, WireWriter wire) {
        flatToken(lease.token(), wire.begin())
                .number(lease.chunk())
                .number(lease.from())
                .number(lease.to())
                .number(lease.attempt())
                .end();
    }

    static LeaseRange lease(WireReader wire) {
        return wire.record(() ->
                new LeaseRange(
                        flatToken(wire),
                        wire.integer(),
                        wire.integer(),
                        wire.integer(),
                        wire.integer()));
    }

    static void holdings(Holdings holdings, WireWriter wire) {
        wire.begin().list(holdings.spans(), span -> span(span, wire));
        token(holdings.planning(), wire);
        token(holdings.publishing(), wire);
        wire.number(holdings.capacity()).end();
    }

    static Holdings holdings(WireReader wire) {
        return wire.record(() ->
                new Holdings(
                        wire.list(() -> span(wire)), token(wire), token(wire), wire.integer()));
    }

    static void rows(RowSpan rows, WireWriter wire) {
        flatRows(rows, wire.begin()).end();
    }

    static RowSpan rows(WireReader wire) {
        return wire.record(() -> flatRows(wire));
    }

    private static WireWriter flatRows(RowSpan rows, WireWriter wire) {
        return wire.text(rows.segment())
                .number(rows.offset())
                .number(rows.length())
                .number(rows.head());
    }

    private static RowSpan flatRows(WireReader wire) {
        return new RowSpan(wire.text(), wire.number(), wire.number(), wire.integer());
    }

    static void problem(Problem problem, WireWriter wire) {
        flatProblem(problem, wire.begin()).end();
    }

    static Problem problem(WireReader wire) {
        return wire.record(() -> flatProblem(wire));
    }

    private static WireWriter flatProblem(Problem problem, WireWriter wire) {
        return wire.text(problem.type())
                .text(problem.message())
                .text(problem.traceback())
                .text(problem.userLine());
    }

    private static Problem flatProblem(WireReader wire) {
        return new Problem(wire.text(), wire.text(), wire.text(), wire.text());
    }

    /**
     * An attempt that returned goes on with a number and, when there are rows, with their place;
     * one that broke with its cause.
     */
    static void report(Report report, WireWriter wire) {
        Timing timing = report.timing();
        flatToken(report.token(), wire.begin().number(report.index()))
                .number(timing.worker())
                .number(timing.startMicros())
                .number(timing.processNanos())
                .number(timing.runNanos());
        switch (report) {
            case Report.Returned returned -> {
                wire.number(returned.returned());
                if (!returned.rows().equals(RowSpan.NONE)) {
                    flatRows(returned.rows(), wire);
                }
            }
            case Report.Broke broke ->
                    flatProblem(broke.problem(), wire.text(broke.cause().name()));
        }
        wire.end();
    }

    static Report report(WireReader wire) {
        return wire.record(() -> {
            int index = wire.integer();
            Token token = flatToken(wire);
            Timing timing = new Timing(wire.integer(), wire.number(), wire.number(), wire.number());
            if (wire.textFollows()) {
                return new Report.Broke(index, token, timing, cause(wire), flatProblem(wire));
            }
            long returned = wire.number();
            RowSpan rows = wire.atEnd() ? RowSpan.NONE : flatRows(wire);
            return new Report.Returned(index, token, timing, returned, rows);
        });
    }

    private static Cause cause(WireReader wire) {
        return named(Cause.values(), wire.text(), Cause.EXCEPTION);
    }

    static Trouble trouble(WireReader wire) {
        return named(Trouble.values(), wire.text(), Trouble.INTERNAL);
    }

    private static <E extends Enum<E>> E named(E[] all, String name, E general) {
        return Arrays.stream(all)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(general);
    }
}
