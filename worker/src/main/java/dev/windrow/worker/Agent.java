package dev.windrow.worker;

import dev.windrow.data.DataException;
import dev.windrow.data.segment.SegmentFlusher;
import dev.windrow.data.segment.SegmentFolder;
import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.worker.core.AgentCore;
import dev.windrow.worker.core.SegmentException;
import dev.windrow.worker.core.WorkerEvent;
import dev.windrow.worker.monitor.InstanceMonitor;
import dev.windrow.worker.process.PythonWorkers;
import dev.windrow.worker.side.ChunkNames;
import dev.windrow.worker.side.SideWork;
import dev.windrow.worker.side.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * An agent with its threads: one that decides, and those of its workers, its planner and its
 * publisher. Its inbox needs no bound of its own: the engine has no more to say than it has
 * granted, and workers no more than they were sent. So nobody who delivers ever waits, and no
 * circle of waiting can close.
 */
public final class Agent implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final int EVENTS_AT_ONCE = 1_000;

    private final AgentCore core;
    private final PythonWorkers workers;
    private final SegmentFlusher flusher;
    private final InstanceMonitor monitor;
    private final InstantSource clock;
    private final BlockingQueue<Inbound> inbox = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private final AgentLink link;
    private volatile boolean failed;

    /** What the agent's thread takes note of. */
    private sealed interface Inbound {
        record FromEngine(EngineMessage message) implements Inbound {}

        record FromWorkers(List<WorkerEvent> events) implements Inbound {}

        record Connected() implements Inbound {}
    }

    /**
     * Prepares an agent; {@link #start} starts it.
     *
     * @param link carries its messages to the engine
     * @param threads makes all its threads
     */
    public Agent(AgentConfig config, AgentLink link, ThreadFactory threads, InstantSource clock) {
        this.link = link;
        this.clock = clock;
        this.flusher = new SegmentFlusher(new SegmentFolder(config.files().segments()));
        this.workers = new PythonWorkers(config.setup(), config.files(), this::take, threads);
        this.monitor =
                new InstanceMonitor(
                        config.monitor(),
                        config.files().logs(),
                        config.settings().agent(),
                        workers::pids,
                        threads,
                        clock);
        this.core =
                new AgentCore(
                        config.settings(),
                        link,
                        monitor.around(workers),
                        this::flush,
                        new SideWork(config.source(), config.target(), link, threads),
                        ChunkNames::of);
        this.thread = threads.newThread(this::run);
    }

    public void start() {
        monitor.start();
        thread.start();
    }

    private void take(List<WorkerEvent> events) {
        monitor.saw(events);
        put(new Inbound.FromWorkers(events));
    }

    /** A connection to the engine is there. */
    public void connected() {
        put(new Inbound.Connected());
    }

    /** Hands over a message of the engine. Does not block. */
    public void deliver(EngineMessage message) {
        put(new Inbound.FromEngine(message));
    }

    /** Blocks until the agent has ended. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** True when the agent has ended, in whatever way. */
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** True when it has ended by a fault of its own. */
    public boolean failed() {
        return failed;
    }

    /** Kills all workers and ends; waits at most two seconds for the last lines of its log. */
    @Override
    public void close() {
        kill();
        monitor.close();
    }

    /** Kills all workers and ends, and waits for nothing. */
    public void kill() {
        thread.interrupt();
        workers.close();
    }

    private void put(Inbound inbound) {
        inbox.add(inbound);
    }

    private void run() {
        try {
            loop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            end();
        }
    }

    /** Whoever started the agent sees that it has ended, and replaces it. */
    private void fail(Throwable fault) {
        failed = true;
        StackTraceElement[] trace = fault.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        link.send(new AgentMessage.Note("agent_failed", fault + place));
    }

    private void end() {
        try {
            workers.close();
            flusher.close();
            monitor.close();
        } finally {
            ended.countDown();
        }
    }

    private void loop() throws InterruptedException {
        List<Inbound> batch = new ArrayList<>();
        Instant nextTick = clock.instant();
        core.settle(nextTick);
        while (!core.finished()) {
            Inbound first = inbox.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
            Instant now = clock.instant();
            if (first != null) {
                batch.add(first);
                inbox.drainTo(batch, EVENTS_AT_ONCE);
                batch.forEach(inbound -> take(inbound, now));
                batch.clear();
            }
            if (!now.isBefore(nextTick)) {
                nextTick = now.plus(TICK);
                core.tick(now);
            }
            core.settle(now);
        }
    }

    private void take(Inbound inbound, Instant now) {
        switch (inbound) {
            case Inbound.FromEngine(EngineMessage message) -> core.handle(message, now);
            case Inbound.FromWorkers(List<WorkerEvent> events) ->
                    events.forEach(event -> core.handle(event, now));
            case Inbound.Connected _ -> core.connected(now);
        }
    }

    private void flush(Set<String> segments) {
        try {
            segments.forEach(flusher::flush);
        } catch (DataException e) {
            throw new SegmentException(Troubles.of(e.code()), String.valueOf(e.getMessage()), e);
        }
    }
}
