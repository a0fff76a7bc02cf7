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

    private static final int NOBODY = -1;

    private final String job;
    private final JobStore store;
    private final LeaseDesk desk;
    private final Journal journal;
    private LeaseToken token = LeaseToken.NONE;
    private int publisher = NOBODY;
    private Instant givenAt = Instant.EPOCH;

    PublishDesk(String job, JobStore store, LeaseDesk desk, Journal journal) {
        this.job = job;
        this.store = store;
        this.desk = desk;
        this.journal = journal;
    }

    /** Gives the work to this agent when nobody has it. */
    void offer(AgentSeat seat, boolean partial, Instant now) {
        if (publisher != NOBODY || !seat.reachable()) {
            return;
        }
        token = desk.newToken();
        publisher = seat.number;
        givenAt = now;
        LeaseToken given = token;
        AgentPort port = seat.port;
        journal.then(() -> port.publish(given, partial));
    }

    boolean isCurrent(LeaseToken asked) {
        return publisher != NOBODY && asked.equals(token);
    }

    void lost(int agent) {
        if (publisher == agent) {
            publisher = NOBODY;
            token = LeaseToken.NONE;
        }
    }

    void heard(int agent, Held held, Instant now) {
        boolean names = held.publishing().equals(token);
        if (publisher == agent && !names && now.isAfter(givenAt.plus(PlanDesk.UNHEARD_MAX))) {
            lost(agent);
        }
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
