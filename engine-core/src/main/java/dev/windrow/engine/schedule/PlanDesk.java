package dev.windrow.engine.schedule;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.engine.tally.Tally;
import java.time.Instant;
import java.util.Optional;

/**
 * Has the plan made by one agent at a time, and by another from the last chunk on when it is lost.
 */
final class PlanDesk {

    private final PlannedChunks plan;
    private final LeaseDesk desk;
    private final Tally tally;
    private final Journal journal;
    private boolean complete;
    private byte[] cursor = new byte[0];
    private final SoleWork work = new SoleWork();

    PlanDesk(PlannedChunks plan, LeaseDesk desk, Tally tally, Journal journal) {
        this.plan = plan;
        this.desk = desk;
        this.tally = tally;
        this.journal = journal;
    }

    boolean complete() {
        return complete;
    }

    /** Takes a chunk from the ledger, while loading. */
    void restore(int[] itemCounts, byte[] itsCursor) {
        grow(itemCounts, itsCursor);
    }

    /** The ledger says that nothing more will be planned. */
    void restoreComplete() {
        complete = true;
        tally.planCompleted();
    }

    /** Gives the work to this agent when nobody has it. */
    void offer(AgentSeat seat, Instant now) {
        if (complete || !work.hasNobody() || !seat.reachable()) {
            return;
        }
        LeaseToken given = desk.newToken();
        work.give(seat.number, given, now);
        byte[] from = cursor;
        int sequence = plan.chunks();
        int index = plan.miniBatches();
        AgentPort port = seat.port;
        journal.then(() -> port.plan(given, from, sequence, index));
    }

    /** The agent is gone, or says that it does not make this plan. */
    void lost(int agent) {
        work.lost(agent);
    }

    void heard(int agent, Held held, Instant now) {
        work.heard(agent, held.planning(), now);
    }

    boolean isCurrent(LeaseToken asked) {
        return work.isCurrent(asked);
    }

    /**
     * Stores a chunk of the present planner; repeats and chunks of others change nothing. When one
     * before it was lost on its way, the plan is made anew from the last chunk that arrived.
     */
    boolean accept(LeaseToken from, ChunkPlanned chunk, AgentPort port) {
        if (!isCurrent(from) || complete) {
            return false;
        }
        if (chunk.sequence() > plan.chunks()) {
            work.takeBack();
            return false;
        }
        boolean isNew = chunk.sequence() == plan.chunks() && chunk.first() == plan.miniBatches();
        if (isNew) {
            journal.keep(chunk);
            grow(chunk.itemCounts(), chunk.cursor());
        }
        journal.then(() -> port.chunkStored(from, chunk.sequence()));
        return isNew;
    }

    /** Why a chunk of the present planner is more than a plan may hold; empty when it is not. */
    Optional<JobReason> tooLarge(LeaseToken from, ChunkPlanned chunk) {
        boolean over =
                chunk.sequence() == plan.chunks() && plan.overfull(chunk.itemCounts().length);
        return over && isCurrent(from) && !complete
                ? Optional.of(
                        new JobReason(
                                ErrorCode.INPUT_UNREADABLE,
                                "plan: more than %d mini-batches (expected: at most %d; a larger mini_batch_size makes fewer)"
                                        .formatted(plan.most(), plan.most())))
                : Optional.empty();
    }

    /** The present planner has planned everything, in so many chunks. */
    boolean end(LeaseToken from, int chunks) {
        if (!isCurrent(from) || complete) {
            return false;
        }
        if (chunks != plan.chunks()) {
            work.takeBack();
            return false;
        }
        complete = true;
        work.takeBack();
        tally.planCompleted();
        journal.keep(new PlanCompleted());
        return true;
    }

    private void grow(int[] itemCounts, byte[] itsCursor) {
        long items = plan.add(itemCounts);
        desk.grown();
        tally.planned(itemCounts.length, items);
        cursor = itsCursor;
    }
}
