package dev.windrow.runtime.report;

import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a job's ledger once and hands every delivery to all reports. */
final class LedgerScan implements LedgerReader {

    private static final int EVENTS_MAX = 1_000;

    private final PlanItems plan;
    private final List<DeliverySink> sinks;
    private final List<EventNoted> events = new ArrayList<>();
    private @Nullable Delivery waiting;

    private LedgerScan(PlanItems plan, List<DeliverySink> sinks) {
        this.plan = plan;
        this.sinks = sinks;
    }

    /**
     * Reads the ledger through.
     *
     * @param plan is filled with the chunks before the first delivery comes
     * @return what was noted about the job, oldest first, at most {@value #EVENTS_MAX}
     */
    static List<EventNoted> read(
            JobStore store, String job, PlanItems plan, List<DeliverySink> sinks) {
        LedgerScan scan = new LedgerScan(plan, sinks);
        store.readHistory(job, scan);
        scan.handOver(true);
        return scan.events;
    }

    @Override
    public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
        plan.add(first, itemCounts);
    }

    @Override
    public void attempt(AttemptStored row) {
        hand(
                new Delivery(
                        row.index(),
                        countOf(row.index()),
                        row.facts(),
                        plan.itemsOf(row.index()),
                        0,
                        false,
                        Optional.of(row.error())));
    }

    @Override
    public void result(ResultStored row) {
        long succeeded =
                row.outcome() == ResultOutcome.FAILED ? 0 : Math.min(row.returned(), row.items());
        hand(
                new Delivery(
                        row.index(),
                        countOf(row.index()),
                        row.facts(),
                        row.items(),
                        succeeded,
                        true,
                        row.error()));
    }

    @Override
    public void event(EventNoted row) {
        if (events.size() < EVENTS_MAX && !row.kind().equals(EventNoted.ROWS_MARK)) {
            events.add(row);
        }
    }

    private int countOf(int index) {
        Delivery before = waiting;
        return before != null && before.index() == index ? before.count() + 1 : 1;
    }

    /** Waits for the next one: only then it is known whether this was its mini-batch's last. */
    private void hand(Delivery delivery) {
        Delivery before = waiting;
        handOver(before != null && before.index() != delivery.index());
        waiting = delivery;
    }

    private void handOver(boolean last) {
        Delivery delivery = waiting;
        if (delivery == null) {
            return;
        }
        Delivery known = delivery.last() && !last ? delivery.followed() : delivery;
        for (DeliverySink sink : sinks) {
            sink.take(known);
        }
        waiting = null;
    }
}
