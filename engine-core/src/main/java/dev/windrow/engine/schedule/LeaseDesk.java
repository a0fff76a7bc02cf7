package dev.windrow.engine.schedule;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.minibatch.MiniBatchEvent;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseGranted;
import dev.windrow.engine.minibatch.MiniBatchMachine;
import dev.windrow.engine.minibatch.MiniBatchState;
import dev.windrow.engine.minibatch.MiniBatchState.Failed;
import dev.windrow.engine.minibatch.MiniBatchState.Leased;
import dev.windrow.engine.minibatch.MiniBatchState.Pending;
import dev.windrow.engine.minibatch.MiniBatchState.Succeeded;
import dev.windrow.engine.minibatch.MiniBatchState.Suspended;
import dev.windrow.engine.minibatch.MiniBatchStates;
import dev.windrow.engine.minibatch.MiniBatchStep;
import dev.windrow.engine.minibatch.Tries;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds the state of every mini-batch of a job and hands out leases. The states are the truth; the
 * queue of freed indexes is only a hint, and an entry that is not free any more is passed over.
 */
final class LeaseDesk {

    /**
     * How far the durable mark is raised at once, so that leases seldom need a flush of their own.
     */
    private static final int MARK_STEP = 4096;

    private final long epoch;
    private final MiniBatchMachine machine;
    private final PlannedChunks plan;
    private final Journal journal;
    private final IntQueue freed = new IntQueue();
    private MiniBatchState[] states = new MiniBatchState[1024];
    private int sizeKnown;
    private int fresh;
    private int leasedBelow;
    private long lastCounter;

    LeaseDesk(long epoch, MiniBatchMachine machine, PlannedChunks plan, Journal journal) {
        this.epoch = epoch;
        this.machine = machine;
        this.plan = plan;
        this.journal = journal;
    }

    /** A token greater than all before. */
    LeaseToken newToken() {
        return new LeaseToken(epoch, ++lastCounter);
    }

    /** Takes note of mini-batches added to the plan; they are free. */
    void grown() {
        int size = plan.miniBatches();
        if (size > states.length) {
            states = Arrays.copyOf(states, Math.max(size, states.length * 2));
        }
        Arrays.fill(states, sizeKnown, size, MiniBatchStates.FRESH);
        sizeKnown = size;
    }

    /** Sets what the ledger says about an ended mini-batch, while loading. */
    void restoreEnded(int index, boolean succeeded, Tries tries) {
        states[index] = succeeded ? new Succeeded(tries) : new Failed(tries);
    }

    /** Sets what the ledger says about earlier attempts, while loading. */
    void restoreTries(int index, Tries tries) {
        if (!states[index].ended()) {
            states[index] = new Pending(tries);
        }
    }

    MiniBatchState stateOf(int index) {
        return states[index];
    }

    /** The token it is leased under, or {@link LeaseToken#NONE}. */
    LeaseToken tokenOf(int index) {
        return states[index] instanceof Leased leased ? leased.token() : LeaseToken.NONE;
    }

    /**
     * Ends loading: what lies below the durable mark without a result is suspended until every
     * agent of an earlier epoch is known.
     */
    void restoreMark(int mark) {
        leasedBelow = mark;
        fresh = Math.min(mark, plan.miniBatches());
        for (int index = 0; index < fresh; index++) {
            if (!states[index].ended()) {
                states[index] = new Suspended(states[index].tries());
            }
        }
    }

    /** Nobody from an earlier epoch will name leases any more. */
    void endSuspension() {
        MiniBatchEvent event = new MiniBatchEvent.SuspensionEnded();
        for (int index = 0; index < fresh; index++) {
            if (states[index] instanceof Suspended) {
                apply(index, event);
            }
        }
    }

    boolean knows(int index) {
        return index >= 0 && index < sizeKnown;
    }

    /** The nearest index that is known, or the one after the last. */
    int clamped(int index) {
        return Math.clamp(index, 0, sizeKnown);
    }

    boolean isLeasedTo(int index, int agent) {
        return states[index] instanceof Leased leased && leased.agent() == agent;
    }

    /** Runs the machine on one mini-batch; what becomes free is queued. */
    MiniBatchStep apply(int index, MiniBatchEvent event) {
        MiniBatchStep step = machine.on(states[index], event, epoch);
        states[index] = step.state();
        switch (step.outcome()) {
            case FREED, RETRIED, LOST -> freed.add(index);
            case IGNORED, HELD, SUCCEEDED, FAILED, LOST_TOO_OFTEN -> {}
        }
        return step;
    }

    boolean hasReady() {
        skipStale();
        return !freed.isEmpty() || fresh < sizeKnown;
    }

    /** Leases up to {@code want} mini-batches to an agent under one token; may be empty. */
    List<Lease> grant(int agent, int want) {
        List<Lease> leases = new ArrayList<>();
        if (want <= 0 || !hasReady()) {
            return leases;
        }
        LeaseGranted granted = new LeaseGranted(newToken(), agent);
        int left = want - grantFreed(granted, want, leases);
        while (left > 0 && fresh < sizeKnown) {
            left -= grantFresh(granted, left, leases);
        }
        return leases;
    }

    private int grantFreed(LeaseGranted granted, int want, List<Lease> leases) {
        int count = 0;
        for (skipStale(); count < want && !freed.isEmpty(); skipStale()) {
            int index = freed.take();
            int attempt = states[index].tries().failures();
            apply(index, granted);
            leases.add(new Lease(granted.token(), plan.chunkOf(index), index, index + 1, attempt));
            count++;
        }
        return count;
    }

    private int grantFresh(LeaseGranted granted, int want, List<Lease> leases) {
        int chunk = plan.chunkOf(fresh);
        int from = fresh;
        int to = Math.min(from + want, plan.endOf(chunk));
        MiniBatchState held = machine.on(MiniBatchStates.FRESH, granted, epoch).state();
        for (int index = from; index < to; index++) {
            states[index] = states[index].equals(MiniBatchStates.FRESH) ? held : states[index];
        }
        fresh = to;
        leases.add(new Lease(granted.token(), chunk, from, to, 0));
        raiseMark(to);
        return to - from;
    }

    private void raiseMark(int needed) {
        if (needed > leasedBelow) {
            leasedBelow = Math.max(needed, Math.min(sizeKnown, needed + MARK_STEP));
            journal.keep(new LeasedBelow(leasedBelow));
        }
    }

    private void skipStale() {
        while (!freed.isEmpty() && !(states[freed.peek()] instanceof Pending)) {
            freed.take();
        }
    }
}
