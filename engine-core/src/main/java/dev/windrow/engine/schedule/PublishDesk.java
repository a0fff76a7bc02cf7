package dev.windrow.engine.schedule;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.RowRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Has the output published by one agent at a time, and by another when that one is lost. */
final class PublishDesk {

    /** Ranges in one page; bounds a message, not the output. */
    private static final int PAGE = 5_000;

    private final String job;
    private final JobStore store;
    private final LeaseDesk desk;
    private final Journal journal;
    private final SoleWork work = new SoleWork();

    PublishDesk(String job, JobStore store, LeaseDesk desk, Journal journal) {
        this.job = job;
        this.store = store;
        this.desk = desk;
        this.journal = journal;
    }

    /** Gives the work to this agent when nobody has it. */
    void offer(AgentSeat seat, boolean partial, Instant now) {
        if (!work.hasNobody() || !seat.reachable()) {
            return;
        }
        LeaseToken given = desk.newToken();
        work.give(seat.number, given, now);
        AgentPort port = seat.port;
        journal.then(() -> port.publish(given, partial));
    }

    boolean isCurrent(LeaseToken asked) {
        return work.isCurrent(asked);
    }

    void lost(int agent) {
        work.lost(agent);
    }

    void heard(int agent, Held held, Instant now) {
        work.heard(agent, held.publishing(), now);
    }

    /** Answers the publisher's question for committed ranges; a repeat is answered again. */
    void page(LeaseToken asker, int from, AgentPort port) {
        if (!isCurrent(asker)) {
            return;
        }
        List<ResultStored> rows = store.results(job, from, PAGE);
        List<RowRange> ranges = new ArrayList<>(rows.size());
        for (ResultStored row : rows) {
            if (row.rows().length() > 0) {
                ranges.add(row.rows());
            }
        }
        int next = rows.size() < PAGE ? -1 : rows.getLast().index() + 1;
        journal.then(() -> port.ranges(asker, from, ranges, next));
    }
}
