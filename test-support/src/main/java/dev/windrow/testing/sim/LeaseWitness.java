package dev.windrow.testing.sim;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Span;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows who was given what, and whether anything has happened that ends a lease. */
final class LeaseWitness {

    private static final long REATTACH_MAX = 60_000_000;

    private final World world;
    private final LedgerWitness ledger;
    private final @Nullable Given[] given;
    private LeaseToken last = LeaseToken.NONE;
    private final BitSet dismissed = new BitSet();
    private final BitSet attached = new BitSet();
    private long epoch;
    private long openedAt;

    private static final class Given {
        final LeaseToken token;
        final int agent;

        /** Heart-beats of its agent since that did not name it. */
        int unnamed;

        boolean ended;

        /** In the present epoch its agent has named it. */
        long namedIn;

        Given(LeaseToken token, int agent) {
            this.token = token;
            this.agent = agent;
            this.namedIn = token.epoch();
        }
    }

    LeaseWitness(World world, LedgerWitness ledger) {
        this.world = world;
        this.ledger = ledger;
        this.given = new Given[world.scenario.script().miniBatches()];
    }

    void opened(long newEpoch) {
        Broken.unless(newEpoch > epoch, () -> "epoch: %d after %d".formatted(newEpoch, epoch));
        epoch = newEpoch;
        attached.clear();
        openedAt = world.time.micros();
    }

    /** Every order has a token of its own, greater than all before. */
    void ordered(LeaseToken token) {
        Broken.unless(
                token.compareTo(last) > 0,
                () -> "token: %s (expected: > %s)".formatted(token, last));
        last = token;
    }

    void granted(int agent, List<LeaseRange> leases) {
        LeaseToken token = Attempts.token(leases.getFirst().token());
        ordered(token);
        for (LeaseRange lease : leases) {
            Broken.unless(
                    Attempts.token(lease.token()).equals(token), () -> "two tokens in one grant");
            Broken.unless(
                    lease.to() <= ledger.mark(),
                    () ->
                            "leased: below %d (expected: <= %d)"
                                    .formatted(lease.to(), ledger.mark()));
            for (int index = lease.from(); index < lease.to(); index++) {
                grant(index, agent, token, lease.attempt());
            }
        }
    }

    private void grant(int index, int agent, LeaseToken token, int attempt) {
        Broken.unless(ledger.result(index) == null, () -> "leased after its end: " + index);
        Broken.unless(
                ledger.failures(index) == attempt,
                () ->
                        "attempt of %d: %d (expected: %d)"
                                .formatted(index, attempt, ledger.failures(index)));
        Given before = given[index];
        if (before != null) {
            Broken.unless(
                    over(index, before),
                    () ->
                            "leased twice: %d to %d @%s, and to %d @%s"
                                    .formatted(index, before.agent, before.token, agent, token));
        }
        given[index] = new Given(token, agent);
    }

    /** An agent is told to forget leases: those of an earlier epoch, or those that are over. */
    void dropped(int agent, List<Span> spans) {
        for (Span span : spans) {
            LeaseToken token = Attempts.token(span.token());
            for (int index = span.from(); index < span.to(); index++) {
                Given lease = given[index];
                if (lease == null || lease.agent != agent || !lease.token.equals(token)) {
                    continue;
                }
                int its = index;
                Broken.unless(
                        token.epoch() < epoch || over(index, lease),
                        () -> "dropped while it is leased: %d @%s".formatted(its, token));
                lease.ended = true;
            }
        }
    }

    /** The engine does not want to hear of this agent again. */
    void dismissed(int agent) {
        dismissed.set(agent);
    }

    private boolean over(int index, Given lease) {
        if (lease.ended || dismissed.get(lease.agent) || ledger.isCounted(index, lease.token)) {
            return true;
        }
        if (lease.namedIn == epoch) {
            return false;
        }
        return world.compute.isGone(lease.agent)
                || world.time.micros() > openedAt + REATTACH_MAX
                || lease.unnamed > 0;
    }

    void returned(int agent, List<Span> spans) {
        for (Span span : spans) {
            for (int index = span.from(); index < span.to(); index++) {
                Given lease = given[index];
                if (lease != null
                        && lease.agent == agent
                        && lease.token.equals(Attempts.token(span.token()))) {
                    lease.ended = true;
                }
            }
        }
    }

    /** An agent says what it holds: on a new connection that is all, else it may lag behind. */
    void named(int agent, Holdings holdings, boolean fresh) {
        attached.set(agent, fresh || attached.get(agent));
        if (!attached.get(agent)) {
            return;
        }
        BitSet named = new BitSet();
        for (Span span : holdings.spans()) {
            LeaseToken token = Attempts.token(span.token());
            for (int index = span.from(); index < span.to(); index++) {
                Given lease = given[index];
                if (lease != null && lease.token.equals(token)) {
                    named.set(index);
                } else {
                    supersede(lease, token);
                }
            }
        }
        for (int index = 0; index < given.length; index++) {
            Given lease = given[index];
            if (lease == null || lease.agent != agent) {
                continue;
            }
            if (named.get(index)) {
                lease.unnamed = 0;
                lease.namedIn = epoch;
            } else {
                lease.unnamed++;
                lease.ended |= fresh || lease.unnamed >= 2;
            }
        }
    }

    /**
     * After a restart the first old lease that is heard of holds, though a newer one may be out.
     */
    private void supersede(@Nullable Given lease, LeaseToken by) {
        if (lease != null && lease.token.epoch() < epoch && by.epoch() < epoch) {
            lease.ended = true;
        }
    }

    /** True when a report under this token would have to count now. */
    boolean live(int index, LeaseToken token) {
        Given lease = given[index];
        return lease != null && !lease.ended && lease.token.equals(token) && lease.namedIn == epoch;
    }

    /** Something counts under this token; nothing newer may be out. */
    void counts(int index, LeaseToken token) {
        Given lease = given[index];
        boolean stale =
                lease != null
                        && !lease.token.equals(token)
                        && (token.epoch() == epoch
                                || (lease.token.epoch() == epoch && !lease.ended));
        Broken.unless(
                !stale,
                () ->
                        "counted: %d @%s, which is leased @%s"
                                .formatted(index, token, lease == null ? "-" : lease.token));
        Broken.unless(lease != null, () -> "counted and never leased: " + index);
        if (lease != null && !lease.token.equals(token)) {
            supersede(lease, token);
        }
    }
}
