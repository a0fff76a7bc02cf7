package dev.windrow.testing.sim;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.schedule.JobLoop;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.engine.tally.Counts;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.worker.core.Work;
import java.util.BitSet;

/** Watches every message, every durable entry and every piece of work, and objects. */
final class Witness {

    private final World world;
    private final Attempts attempts = new Attempts();
    private final LedgerWitness ledger;
    private final LeaseWitness leases;
    private final WaitWitness waits = new WaitWitness();
    private final BitSet acknowledged = new BitSet();

    Witness(World world) {
        this.world = world;
        this.ledger = new LedgerWitness(world, attempts);
        this.leases = new LeaseWitness(world, ledger);
    }

    Attempts attempts() {
        return attempts;
    }

    LedgerWitness ledger() {
        return ledger;
    }

    void opened(JobLoop loop) {
        leases.opened(loop.epoch());
        same(loop);
    }

    /** After a commit nothing waits, so memory and ledger agree. */
    void committed(JobLoop loop) {
        if (loop.waiting() == 0) {
            same(loop);
        }
    }

    private void same(JobLoop loop) {
        Counts counts = loop.progress().counts();
        waits.seen(loop.progress());
        Broken.unless(
                counts.equals(ledger.counts()),
                () -> "counts: %s (expected: %s)".formatted(counts, ledger.counts()));
        Broken.unless(
                counts.miniBatches()
                        == counts.succeededMiniBatches()
                                + counts.failedMiniBatches()
                                + counts.outstandingMiniBatches(),
                () -> "mini-batches do not add up: " + counts);
    }

    void durable(long epoch, LedgerEntry entry) {
        switch (entry) {
            case ChunkPlanned chunk -> ledger.chunk(chunk);
            case PlanCompleted _ -> ledger.planCompleted();
            case LeasedBelow(int index) -> ledger.leasedBelow(index);
            case ResultStored row -> {
                leases.counts(row.index(), row.facts().token());
                ledger.result(row);
            }
            case AttemptStored row -> {
                leases.counts(row.index(), row.facts().token());
                ledger.attempt(row);
            }
            case StatusChanged changed -> {
                world.say(() -> "status " + changed.status() + " " + changed.reason());
                ledger.status(changed.status(), changed.reason());
                world.coverage.walked(changed.status());
            }
            case EventNoted noted -> {
                world.say(() -> "noted " + noted.text());
                if (noted.kind().equals("fleet_waits")) {
                    waits.noted(epoch, noted.text(), noted.at());
                }
            }
        }
    }

    void heard(int agent, AgentMessage message) {
        if (message instanceof AgentMessage.Hello hello) {
            leases.named(agent, hello.holdings(), true);
        } else if (message instanceof AgentMessage.Heartbeat(var holdings)) {
            leases.named(agent, holdings, false);
        } else if (message instanceof AgentMessage.Return(var spans)) {
            leases.returned(agent, spans);
        }
    }

    void said(int agent, EngineMessage message) {
        switch (message) {
            case EngineMessage.LeaseGrant(var granted) -> leases.granted(agent, granted);
            case EngineMessage.MakePlan order -> leases.ordered(Attempts.token(order.token()));
            case EngineMessage.Publish order -> leases.ordered(Attempts.token(order.token()));
            case EngineMessage.Drop(var spans) -> leases.dropped(agent, spans);
            case EngineMessage.Bye _ -> leases.dismissed(agent);
            case EngineMessage.Ack(var settled) ->
                    settled.forEach(s -> acknowledged(s.index(), Attempts.token(s.token())));
            case EngineMessage.Welcome _,
                    EngineMessage.ChunkStored _,
                    EngineMessage.ChunkPayload _,
                    EngineMessage.Recall _,
                    EngineMessage.NewToken _,
                    EngineMessage.EndWorkers _,
                    EngineMessage.Ranges _ -> {}
        }
    }

    private void acknowledged(int index, LeaseToken token) {
        ResultStored result = ledger.result(index);
        boolean durable = result != null || ledger.isCounted(index, token);
        boolean over = world.phase() == Phase.FINALIZE || world.phase() == Phase.AFTER;
        Broken.unless(
                durable || over || !leases.live(index, token),
                () -> "acknowledged and not durable: %d @%s".formatted(index, token));
        if (result != null && result.outcome() != ResultOutcome.FAILED) {
            acknowledged.set(index);
        }
    }

    /**
     * Work goes to a worker. That nothing is leased after its end is checked elsewhere; whoever was
     * given it before may not have heard of the end.
     */
    void workSent(int agent, Work work) {
        ResultStored result = ledger.result(work.index());
        boolean again =
                result != null
                        && acknowledged.get(work.index())
                        && Attempts.token(work.token()).equals(result.facts().token());
        Broken.unless(
                !again,
                () ->
                        "run again by agent %d: %d @%s, acknowledged before"
                                .formatted(agent, work.index(), Says.of(work.token())));
    }

    void published(boolean partial, String text) {
        Broken.unless(
                text.equals(ledger.output()),
                () ->
                        "output: %d characters (expected: the committed rows in order, %d)"
                                .formatted(text.length(), ledger.output().length()));
        Broken.unless(
                partial || (ledger.planComplete() && ledger.counts().allEnded()),
                () -> "output published before the end");
    }
}
