package dev.windrow.runtime.job;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.schedule.JobLoop;
import dev.windrow.engine.schedule.JobPolicy;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.engine.store.JobStore;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.Protocol;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.OpenCompute;
import dev.windrow.runtime.gateway.AgentGateway;
import dev.windrow.runtime.gateway.EngineSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Attaches a thread and a bounded inbox to a job's loop. Agents that send to a full inbox wait; the
 * loop itself never waits for an agent.
 */
public final class JobRunner implements EngineDoor {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final int INBOX_MAX = 16_384;
    private static final int AT_ONCE = 1_000;

    /** Bytes of chunks of the plan that wait for the loop or for a commit: a few of the largest. */
    private static final int CHUNK_BYTES = 64 << 20;

    private final JobStore store;
    private final String job;
    private final JobPolicy policy;
    private final LoopListener listener;
    private final InstantSource clock;
    private final BlockingQueue<Inbound> inbox = new ArrayBlockingQueue<>(INBOX_MAX);

    private final Semaphore chunkRoom = new Semaphore(CHUNK_BYTES);

    /** Said by agents on the loop's own thread; used by that thread only. */
    private final List<Inbound> own = new ArrayList<>();

    /** The latest connection of each agent; used by the loop's thread only. */
    private final Map<Integer, AgentConnection> open = new HashMap<>();

    /** Agents that were ever connected; used by the loop's thread only. */
    private final BitSet seen = new BitSet();

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Thread loopThread;
    private volatile long epoch;
    private volatile @Nullable JobProgress progress;
    private volatile @Nullable Throwable fault;

    /** What the loop's thread takes from its inbox. */
    private sealed interface Inbound {
        record Asked(FleetEvent event) implements Inbound {}

        record Said(AgentConnection from, FleetEvent event) implements Inbound {}

        record Fetch(AgentGateway gateway, AgentMessage message) implements Inbound {}

        record Closed(AgentConnection connection, FleetEvent event) implements Inbound {}

        record Gone(int agent, String how, boolean byItself) implements Inbound {}
    }

    public JobRunner(
            JobStore store,
            String job,
            JobPolicy policy,
            LoopListener listener,
            InstantSource clock) {
        this.store = store;
        this.job = job;
        this.policy = policy;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Takes the job over and runs it to its end on the calling thread.
     *
     * @param computes makes the compute for this door
     * @return the whole picture at the end
     * @throws EngineException when the ledger fails; what was acknowledged stays
     */
    public JobProgress run(Function<EngineDoor, Compute> computes) {
        Compute compute = computes.apply(this);
        boolean over = false;
        try {
            JobLoop loop = JobLoop.open(store, job, policy, compute, listener, clock);
            epoch = loop.epoch();
            JobProgress end = drive(loop);
            over = true;
            return end;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(ErrorCode.INTERNAL, "the run was interrupted", e);
        } finally {
            letGo(compute, over);
            ended.countDown();
        }
    }

    private void letGo(Compute compute, boolean over) {
        if (compute instanceof OpenCompute open && !over) {
            open.leave(job);
        } else {
            compute.release(job);
        }
    }

    private JobProgress drive(JobLoop loop) throws InterruptedException {
        loopThread = Thread.currentThread();
        List<Inbound> batch = new ArrayList<>();
        Instant nextTick = clock.instant();
        int chunkBytes = 0;
        while (!loop.ended()) {
            stopOnFault();
            Instant now = clock.instant();
            if (!now.isBefore(nextTick)) {
                nextTick = now.plus(TICK);
                loop.tick(now);
            }
            for (Inbound inbound : batch) {
                take(loop, inbound, now);
                // One message may hold many results; a group stays within its bound.
                if (loop.waiting() >= AT_ONCE) {
                    loop.commit(now);
                }
            }
            batch.clear();
            loop.commit(now);
            chunkRoom.release(chunkBytes);
            progress = loop.progress();
            batch.addAll(own);
            int owned = own.size();
            own.clear();
            if (inbox.drainTo(batch, AT_ONCE) == 0 && batch.isEmpty()) {
                Inbound first = inbox.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    inbox.drainTo(batch, AT_ONCE - 1);
                }
            }
            chunkBytes = 0;
            for (Inbound inbound : batch.subList(owned, batch.size())) {
                chunkBytes += chunkBytes(inbound);
            }
        }
        return loop.progress();
    }

    private void stopOnFault() {
        Throwable cause = fault;
        if (cause != null) {
            throw new EngineException(ErrorCode.INTERNAL, "a thread ended: " + cause, cause);
        }
    }

    private void take(JobLoop loop, Inbound inbound, Instant now) {
        switch (inbound) {
            case Inbound.Asked(FleetEvent event) -> loop.handle(event, now);
            case Inbound.Said(AgentConnection from, FleetEvent event) -> {
                if (event instanceof FleetEvent.AgentAttached) {
                    open.put(from.agent, from);
                    seen.set(from.agent);
                }
                // What comes late on a connection that was replaced is said again on the new one.
                if (open.get(from.agent) == from) {
                    loop.handle(event, now);
                }
            }
            case Inbound.Fetch(AgentGateway gateway, AgentMessage message) ->
                    gateway.accept(message).ifPresent(event -> loop.handle(event, now));
            case Inbound.Closed(AgentConnection connection, FleetEvent event) -> {
                if (open.remove(connection.agent, connection)) {
                    loop.handle(event, now);
                }
            }
            case Inbound.Gone gone -> lastWords(gone).forEach(event -> loop.handle(event, now));
        }
    }

    private List<FleetEvent> lastWords(Inbound.Gone gone) {
        AgentGateway gateway = new AgentGateway(job, epoch, gone.agent(), store, _ -> {});
        if (seen.get(gone.agent()) || !gone.byItself()) {
            return gateway.accept(new AgentMessage.Note("agent_lost", gone.how())).stream()
                    .toList();
        }
        Holdings none = new Holdings(List.of(), Token.NONE, Token.NONE, 0);
        String text = gone.how() + " before it began";
        return Stream.of(
                        new AgentMessage.Hello(Protocol.VERSION, gone.agent(), none),
                        new AgentMessage.Broken(Trouble.INTERNAL, text))
                .flatMap(message -> gateway.accept(message).stream())
                .toList();
    }

    /** True once agents can come in; they cannot before the ledger has an owner. */
    public boolean isOpen() {
        return epoch > 0 && ended.getCount() > 0;
    }

    /** The latest picture; empty before the loop is open. */
    public Optional<JobProgress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Asks the job to stop; harmless when it has ended. */
    public void cancel(String who) {
        put(new Inbound.Asked(new FleetEvent.CancelAsked(who)));
    }

    /**
     * Ends the run within a tenth of a second, because a thread that it needs is gone; from any
     * thread. The job stays as the ledger has it.
     */
    public void fail(Throwable cause) {
        fault = cause;
    }

    @Override
    public Connection connect(int agent, EngineSink sink) {
        return new AgentConnection(agent, new AgentGateway(job, epoch, agent, store, sink));
    }

    @Override
    public void ended(int agent, String how, boolean byItself) {
        put(new Inbound.Gone(agent, how, byItself));
    }

    /** One connection of one agent. */
    private final class AgentConnection implements Connection {
        private final int agent;
        private final AgentGateway gateway;

        AgentConnection(int agent, AgentGateway gateway) {
            this.agent = agent;
            this.gateway = gateway;
        }

        @Override
        public void send(AgentMessage message) {
            if (message instanceof AgentMessage.FetchChunk) {
                put(new Inbound.Fetch(gateway, message));
            } else {
                gateway.accept(message).ifPresent(event -> put(new Inbound.Said(this, event)));
            }
        }

        @Override
        public void close() {
            put(new Inbound.Closed(this, gateway.closed()));
        }
    }

    /**
     * What a chunk of the plan takes of the room for them; nothing for all else, which is short.
     */
    private static int chunkBytes(Inbound inbound) {
        return inbound instanceof Inbound.Said(_, FleetEvent.ChunkReady ready)
                ? Math.min(ready.chunk().payload().length, CHUNK_BYTES)
                : 0;
    }

    private void put(Inbound inbound) {
        if (Thread.currentThread().equals(loopThread)) {
            // What an agent says while the loop speaks to it; it must not wait for itself.
            own.add(inbound);
            return;
        }
        try {
            int bytes = chunkBytes(inbound);
            while (bytes > 0
                    && ended.getCount() > 0
                    && !chunkRoom.tryAcquire(bytes, 1, TimeUnit.SECONDS)) {
                // Waits for the loop, for as long as there is one.
            }
            while (ended.getCount() > 0 && !inbox.offer(inbound, 1, TimeUnit.SECONDS)) {
                // The same.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
