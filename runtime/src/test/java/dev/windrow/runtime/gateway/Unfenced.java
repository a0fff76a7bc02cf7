package dev.windrow.runtime.gateway;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.schedule.AttemptReport;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.EngineMessage.Settled;
import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Token;
import dev.windrow.testing.sim.Mutation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A planted bug: a report counts whatever its token, when its mini-batch is leased. To the engine
 * every report seems to come under the present lease; ledger and agents see the true token.
 */
final class Unfenced implements Mutation {

    private final Map<Integer, LeaseToken> present = new HashMap<>();
    private final Map<Integer, Map<LeaseToken, LeaseToken>> disguised = new HashMap<>();

    @Override
    public FleetEvent heard(FleetEvent right) {
        return right instanceof FleetEvent.AttemptsEnded(int agent, List<AttemptReport> reports)
                ? new FleetEvent.AttemptsEnded(agent, reports.stream().map(this::disguise).toList())
                : right;
    }

    private AttemptReport disguise(AttemptReport report) {
        LeaseToken now = present.get(report.index());
        LeaseToken its = report.facts().token();
        if (now == null || now.equals(its)) {
            return report;
        }
        disguised.computeIfAbsent(report.index(), _ -> new HashMap<>()).put(now, its);
        AttemptFacts facts = with(report.facts(), now);
        return switch (report) {
            case AttemptReport.Returned(int index, var _, long returned, var rows) ->
                    new AttemptReport.Returned(index, facts, returned, rows);
            case AttemptReport.Broke(int index, var _, var failure) ->
                    new AttemptReport.Broke(index, facts, failure);
        };
    }

    private LeaseToken bare(int index, LeaseToken token) {
        return disguised.getOrDefault(index, Map.of()).getOrDefault(token, token);
    }

    private static AttemptFacts with(AttemptFacts facts, LeaseToken token) {
        return new AttemptFacts(
                token,
                facts.instance(),
                facts.worker(),
                facts.startMicros(),
                facts.processNanos(),
                facts.runNanos());
    }

    @Override
    public EngineMessage said(int agent, EngineMessage right) {
        if (right instanceof EngineMessage.LeaseGrant(List<LeaseRange> leases)) {
            leases.forEach(this::note);
        }
        return right instanceof EngineMessage.Ack(List<Settled> settled)
                ? new EngineMessage.Ack(settled.stream().map(this::bare).toList())
                : right;
    }

    private void note(LeaseRange lease) {
        for (int index = lease.from(); index < lease.to(); index++) {
            present.put(index, Words.token(lease.token()));
            disguised.remove(index);
        }
    }

    private Settled bare(Settled one) {
        Token token = Words.token(bare(one.index(), Words.token(one.token())));
        return new Settled(one.index(), token);
    }

    @Override
    public JobStore store(JobStore right) {
        return (JobStore)
                Proxy.newProxyInstance(
                        JobStore.class.getClassLoader(),
                        new Class<?>[] {JobStore.class},
                        (_, method, arguments) -> {
                            try {
                                if (method.getName().equals("append")) {
                                    right.append(
                                            (String) arguments[0],
                                            (Long) arguments[1],
                                            bare((List<?>) arguments[2]));
                                    return null;
                                }
                                return method.invoke(right, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private List<LedgerEntry> bare(List<?> group) {
        return group.stream().map(entry -> bare((LedgerEntry) entry)).toList();
    }

    private LedgerEntry bare(LedgerEntry entry) {
        if (entry instanceof LedgerEntry.ResultStored r) {
            return new LedgerEntry.ResultStored(
                    r.index(),
                    r.outcome(),
                    r.items(),
                    r.returned(),
                    r.rows(),
                    with(r.facts(), bare(r.index(), r.facts().token())),
                    r.error());
        }
        if (entry instanceof LedgerEntry.AttemptStored(int index, AttemptFacts facts, var error)) {
            return new LedgerEntry.AttemptStored(
                    index, with(facts, bare(index, facts.token())), error);
        }
        return entry;
    }
}
