package dev.windrow.engine.schedule;

import java.time.Instant;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What the loop knows of one agent. Owned by the loop. */
final class AgentSeat {

    final int number;
    AgentPort port;
    Instant heardAt;
    Instant attachedAt;

    /** Set while the connection is closed. */
    boolean detached;

    /** Silent for so long that its leases were given away; it may be heard again. */
    boolean silent;

    /** When it fell silent; means something only while it is. */
    Instant silentAt = Instant.MIN;

    boolean ready;
    boolean workersEnded;
    int capacity;

    /** Since when it could be leased more than it holds; null while it could not. */
    @Nullable Instant roomSince;

    /** Indexes leased to it and not settled. */
    final BitSet leased = new BitSet();

    int leasedCount;

    /** Leased to it, and not named by it when it was last heard. */
    BitSet unnamed = new BitSet();

    AgentSeat(int number, AgentPort port, Instant now) {
        this.number = number;
        this.port = port;
        this.heardAt = now;
        this.attachedAt = now;
    }

    void hold(int from, int to) {
        for (int index = from; index < to; index++) {
            if (!leased.get(index)) {
                leased.set(index);
                unnamed.clear(index);
                leasedCount++;
            }
        }
    }

    void letGo(int index) {
        if (leased.get(index)) {
            leased.clear(index);
            leasedCount--;
        }
    }

    /** True when it can be given work of any kind. */
    boolean reachable() {
        return !detached && !silent;
    }
}
