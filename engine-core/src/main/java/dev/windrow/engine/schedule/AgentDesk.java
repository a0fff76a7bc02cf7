package dev.windrow.engine.schedule;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseAdopted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseReturned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps the loop's picture of who holds what in step with what agents say. After a restart it waits
 * for the agents of the earlier epoch before their leases are given to others.
 */
final class AgentDesk {

    /** Agents of an earlier epoch have this long to come back. */
    static final Duration REATTACH_MAX = Duration.ofSeconds(60);

    private static final Duration RECALL_PAUSE = Duration.ofMillis(200);

    private final Roster roster;
    private final LeaseDesk desk;
    private final Journal journal;
    private final int workersPerInstance;
    private final Set<Integer> awaited = new HashSet<>();
    private final Instant openedAt;
    private boolean knowsWhom;
    private boolean suspended = true;
    private Instant recalledAt = Instant.EPOCH;
    private Consumer<Instant> leased = _ -> {};

    AgentDesk(
            Roster roster,
            LeaseDesk desk,
            Journal journal,
            int workersPerInstance,
            Instant openedAt) {
        this.roster = roster;
        this.desk = desk;
        this.journal = journal;
        this.workersPerInstance = workersPerInstance;
        this.openedAt = openedAt;
    }

    /** Has somebody hear of each lease, once it is durable, since when its agent had room. */
    void onLease(Consumer<Instant> hearer) {
        leased = hearer;
    }

    void attach(AgentSeat seat, Held held) {
        reconcile(seat, held, true);
        awaited.remove(seat.number);
    }

    void heard(AgentSeat seat, Held held) {
        reconcile(seat, held, false);
    }

    void gone(int agent) {
        awaited.remove(agent);
    }

    /** Has it wait for agents of an earlier epoch that have not come back yet. */
    void await(Set<Integer> agents) {
        knowsWhom = true;
        awaited.addAll(agents);
    }

    /** True once it was said which agents of an earlier epoch there may be. */
    boolean knowsWhom() {
        return knowsWhom;
    }

    /** True when all agents of an earlier epoch are known. */
    boolean awaitsNone() {
        return knowsWhom && awaited.isEmpty();
    }

    void awaitNoMore() {
        await(Set.of());
        awaited.clear();
    }

    /** Gives free what agents of an earlier epoch held, once all of them are known. */
    void endSuspension(Instant now) {
        boolean known = awaitsNone() || now.isAfter(openedAt.plus(REATTACH_MAX));
        if (suspended && known) {
            suspended = false;
            desk.endSuspension();
        }
    }

    /**
     * What the agent names and may keep is its own; what it names and may not keep it is told to
     * drop; what it does not name is free again: at once after a new connection, else when it was
     * not named twice, because a lease may still be on its way.
     */
    private void reconcile(AgentSeat seat, Held held, boolean fresh) {
        BitSet named = new BitSet();
        List<Held.Span> refused = new ArrayList<>();
        for (Held.Span span : held.spans()) {
            reconcile(seat, span, named, refused);
        }
        BitSet unnamed = (BitSet) seat.leased.clone();
        unnamed.andNot(named);
        BitSet lost = (BitSet) unnamed.clone();
        if (!fresh) {
            lost.and(seat.unnamed);
        }
        for (int i = lost.nextSetBit(0); i >= 0; i = lost.nextSetBit(i + 1)) {
            giveBack(seat, i, desk.tokenOf(i));
        }
        seat.unnamed = unnamed;
        seat.capacity = held.capacity();
        if (!refused.isEmpty()) {
            AgentPort port = seat.port;
            journal.then(() -> port.drop(refused));
        }
    }

    private void reconcile(AgentSeat seat, Held.Span span, BitSet named, List<Held.Span> refused) {
        int end = desk.clamped(span.to());
        for (int index = desk.clamped(span.from()); index < end; index++) {
            desk.apply(index, new LeaseAdopted(span.token(), seat.number));
            boolean its = desk.isLeasedTo(index, seat.number);
            if (its && desk.tokenOf(index).equals(span.token())) {
                named.set(index);
                seat.hold(index, index + 1);
            } else {
                refused.add(new Held.Span(span.token(), index, index + 1));
            }
        }
    }

    void giveBack(AgentSeat seat, Held.Span span) {
        int end = desk.clamped(span.to());
        for (int index = desk.clamped(span.from()); index < end; index++) {
            giveBack(seat, index, span.token());
        }
    }

    private void giveBack(AgentSeat seat, int index, LeaseToken token) {
        if (desk.isLeasedTo(index, seat.number)) {
            desk.apply(index, new LeaseReturned(token));
        }
        if (!desk.isLeasedTo(index, seat.number)) {
            seat.letGo(index);
        }
    }

    /** Leases to every agent that has room; returns true when anything was leased. */
    boolean grant(Instant now) {
        boolean any = false;
        AgentSeat hungry = null;
        for (AgentSeat seat : roster.all()) {
            if (!seat.reachable() || seat.leasedCount > seat.capacity / 2) {
                seat.roomSince = null;
                continue;
            }
            Instant since = roomSince(seat, now);
            List<Lease> leases = desk.grant(seat.number, seat.capacity - seat.leasedCount);
            for (Lease lease : leases) {
                seat.hold(lease.from(), lease.to());
            }
            if (!leases.isEmpty()) {
                AgentPort port = seat.port;
                seat.roomSince = null;
                journal.then(() -> {
                    port.lease(leases);
                    leased.accept(since);
                });
                any = true;
            } else if (seat.leasedCount < Math.min(seat.capacity, workersPerInstance)) {
                hungry = seat;
            }
        }
        if (hungry != null) {
            recallFor(hungry, now);
        }
        return any;
    }

    private static Instant roomSince(AgentSeat seat, Instant now) {
        Instant known = seat.roomSince;
        boolean room = seat.capacity > seat.leasedCount;
        Instant since = known == null ? now : known;
        seat.roomSince = room ? since : null;
        return since;
    }

    /** Asks the agent with most to give back half of what its workers cannot have begun. */
    private void recallFor(AgentSeat hungry, Instant now) {
        AgentSeat fullest = hungry;
        for (AgentSeat seat : roster.all()) {
            fullest = seat.leasedCount > fullest.leasedCount ? seat : fullest;
        }
        int spare = (fullest.leasedCount - workersPerInstance + 1) / 2;
        if (fullest != hungry && spare > 0 && now.isAfter(recalledAt.plus(RECALL_PAUSE))) {
            recalledAt = now;
            AgentPort port = fullest.port;
            journal.then(() -> port.recall(spare));
        }
    }
}
