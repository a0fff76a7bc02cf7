package dev.windrow.worker.core;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.EngineMessage.Ack;
import dev.windrow.protocol.EngineMessage.Bye;
import dev.windrow.protocol.EngineMessage.ChunkPayload;
import dev.windrow.protocol.EngineMessage.ChunkStored;
import dev.windrow.protocol.EngineMessage.Drop;
import dev.windrow.protocol.EngineMessage.EndWorkers;
import dev.windrow.protocol.EngineMessage.LeaseGrant;
import dev.windrow.protocol.EngineMessage.MakePlan;
import dev.windrow.protocol.EngineMessage.NewToken;
import dev.windrow.protocol.EngineMessage.Publish;
import dev.windrow.protocol.EngineMessage.Ranges;
import dev.windrow.protocol.EngineMessage.Recall;
import dev.windrow.protocol.EngineMessage.Settled;
import dev.windrow.protocol.EngineMessage.Welcome;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Protocol;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an agent decides. A plain object that is stepped: {@link #handle} and {@link #tick} take
 * note, {@link #settle} feeds the workers, makes rows durable and reports. Not safe for use by
 * several threads; whoever drives it calls {@code settle} after as many messages as were waiting.
 */
public final class AgentCore {

    /** A hello that is not answered for this long is said again. */
    private static final Duration GREET_AGAIN = Duration.ofSeconds(5);

    /**
     * An agent that is told to end waits so long for its last answers to be settled, and for the
     * goodbye of a job that is being concluded: who hears that it has completed may clean up.
     */
    private static final Duration LEAVE_MAX = Duration.ofSeconds(3);

    private final AgentSettings settings;
    private final AgentLink link;
    private final SidePort side;
    private final PayloadDecoder decoder;
    private final LeaseQueue queue = new LeaseQueue();
    private final ReportDesk reports;
    private final WorkerDesk workers;
    private Token newestLease = Token.NONE;
    private Instant heardOfUsAt = Instant.EPOCH;
    private Instant greetedAt = Instant.MAX;
    private int saidCapacity;
    private boolean broken;
    private boolean concluding;
    private boolean finished;
    private boolean jobCompleted;
    private Instant leavesUntil = Instant.MAX;

    public AgentCore(
            AgentSettings settings,
            AgentLink link,
            WorkerPort port,
            SegmentPort segments,
            SidePort side,
            PayloadDecoder decoder) {
        this.settings = settings;
        this.link = link;
        this.side = side;
        this.decoder = decoder;
        this.reports = new ReportDesk(link, segments);
        this.workers = new WorkerDesk(settings, port, queue, reports, link);
    }

    /** True when there is nothing more to do here and no worker is left. */
    public boolean finished() {
        return finished && workers.isEmpty();
    }

    /** True when it has finished because its job has completed. */
    public boolean jobCompleted() {
        return jobCompleted;
    }

    /** A connection is there, the first or a new one. */
    public void connected(Instant now) {
        heardOfUsAt = now;
        greetedAt = now;
        link.send(new AgentMessage.Hello(Protocol.VERSION, settings.agent(), holdings()));
    }

    public void handle(EngineMessage message, Instant now) {
        switch (message) {
            case Welcome _ -> {
                greetedAt = Instant.MAX;
                reports.sayAgain(true, now);
            }
            case MakePlan order -> side.plan(order);
            case ChunkStored(Token token, int sequence) -> side.chunkStored(token, sequence);
            case LeaseGrant(List<LeaseRange> leases) -> lease(leases);
            case ChunkPayload(int chunk, byte[] payload) ->
                    queue.learn(chunk, decoder.decode(payload));
            case Ack(List<Settled> settled) -> reports.settled(settled);
            case Recall(int count) -> giveBack(count);
            case Drop(List<Span> spans) -> spans.forEach(this::drop);
            case EndWorkers(boolean abort) -> {
                concluding = !abort;
                workers.end(abort, now);
            }
            case Publish order -> side.publish(order);
            case Ranges page -> side.ranges(page);
            // For whoever carries the messages.
            case NewToken _ -> {}
            case Bye(boolean completed) -> {
                finished = true;
                jobCompleted = completed;
                side.stop();
                workers.killAll();
            }
        }
    }

    /**
     * Ends without the engine's wish, as when the machine is needed: takes nothing more, and gives
     * back what no worker can have begun. What runs is lost, and somebody else's soon. Finished
     * within a few seconds. May be repeated.
     */
    public void leave(Instant now) {
        if (!finished && !leaving()) {
            leavesUntil = now.plus(LEAVE_MAX);
            side.stop();
            workers.leave();
        }
    }

    private boolean leaving() {
        return leavesUntil.isBefore(Instant.MAX);
    }

    public void handle(WorkerEvent event, Instant now) {
        workers.handle(event, now);
    }

    /** Does what time demands; to be called a few times a second. */
    public void tick(Instant now) {
        workers.tick(now);
        if (greetedAt.isBefore(now.minus(GREET_AGAIN))) {
            connected(now);
        }
        if (!now.isBefore(heardOfUsAt.plus(Protocol.HEARTBEAT))) {
            heardOfUsAt = now;
            reports.sayAgain(false, now);
            queue.missing().forEach(chunk -> link.send(new AgentMessage.FetchChunk(chunk)));
            link.send(new AgentMessage.Heartbeat(holdings()));
        }
    }

    /** Draws the conclusions: starts and feeds workers, reports what ended, asks for more. */
    public void settle(Instant now) {
        if (!finished && !broken) {
            workers.startMissing(now);
            workers.feed(now);
            workers.push();
            report(now);
        }
        if (leaving() && !finished) {
            giveBack(queue.size());
            boolean awaits = concluding || !reports.isEmpty();
            finished = workers.isEmpty() && (!awaits || !now.isBefore(leavesUntil));
        }
        int capacity = broken ? 0 : workers.capacity();
        if (capacity != saidCapacity) {
            saidCapacity = capacity;
            link.send(new AgentMessage.Want(capacity));
        }
    }

    private void giveBack(int count) {
        List<Span> spans = queue.giveBack(count);
        if (!spans.isEmpty()) {
            link.send(new AgentMessage.Return(spans));
        }
    }

    private void report(Instant now) {
        try {
            reports.send(now);
        } catch (SegmentException e) {
            broken = true;
            link.send(new AgentMessage.Broken(e.trouble(), String.valueOf(e.getMessage())));
        }
    }

    /** All leases of a grant share a token, and tokens only grow: an old one is a repeat. */
    private void lease(List<LeaseRange> leases) {
        if (leases.isEmpty()
                || (workers.ending() && !leaving())
                || compare(leases.getFirst().token(), newestLease) <= 0) {
            return;
        }
        newestLease = leases.getFirst().token();
        for (LeaseRange lease : leases) {
            Optional<Integer> unknown = queue.add(lease);
            if (!leaving()) {
                unknown.ifPresent(chunk -> link.send(new AgentMessage.FetchChunk(chunk)));
            }
        }
    }

    private static int compare(Token a, Token b) {
        int byEpoch = Long.compare(a.epoch(), b.epoch());
        return byEpoch != 0 ? byEpoch : Long.compare(a.counter(), b.counter());
    }

    private void drop(Span span) {
        queue.drop(span);
        reports.drop(span);
    }

    private Holdings holdings() {
        List<Span> spans = new ArrayList<>();
        queue.spans(spans);
        workers.spans(spans);
        reports.spans(spans);
        saidCapacity = broken ? 0 : workers.capacity();
        return new Holdings(spans, side.planning(), side.publishing(), saidCapacity);
    }
}
