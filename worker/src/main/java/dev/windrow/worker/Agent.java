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
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * An agent with its threads: its own, and those of its workers, its planner and its publisher. They
 * take turns at deciding. Nobody who delivers for the engine ever waits, so no circle of waiting
 * can close.
 */
public final class Agent implements AutoCloseable {

    private final AgentTurns turns;
    private final PythonWorkers workers;
    private final SegmentFlusher flusher;
    private final InstanceMonitor monitor;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private final AgentLink link;
    private volatile boolean failed;

    /**
     * Prepares an agent; {@link #start} starts it.
     *
     * @param link carries its messages to the engine
     * @param threads makes all its threads
     */
    public Agent(AgentConfig config, AgentLink link, ThreadFactory threads, InstantSource clock) {
        this.link = link;
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
        AgentCore core =
                new AgentCore(
                        config.settings(),
                        link,
                        monitor.around(workers),
                        this::flush,
                        new SideWork(config.source(), config.target(), link, threads),
                        ChunkNames::of);
        this.turns = new AgentTurns(core, clock);
        this.thread = threads.newThread(this::run);
    }

    public void start() {
        monitor.start();
        thread.start();
    }

    private void take(List<WorkerEvent> events) {
        monitor.saw(events);
        turns.take(events);
    }

    /** A connection to the engine is there, the first or a new one. */
    public void connected() {
        turns.greet();
    }

    /** Hands over a message of the engine. Does not block. */
    public void deliver(EngineMessage message) {
        turns.deliver(message);
    }

    /** Blocks until the agent has ended. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** True when the agent has ended, in whatever way. */
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Of an agent that has ended: true when it did because its job has completed. */
    public boolean jobCompleted() {
        return hasEnded() && turns.jobCompleted();
    }

    /** True when it has ended by a fault of its own. */
    public boolean failed() {
        return failed;
    }

    /**
     * Ends in order and without the engine's wish: what no worker has begun is given back, what has
     * ended is reported. Takes a few seconds, for which this does not wait.
     */
    public void leave() {
        turns.leave();
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

    private void run() {
        try {
            turns.run();
            Throwable fault = turns.fault();
            if (fault != null) {
                fail(fault);
            }
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
            turns.close();
            workers.close();
            flusher.close();
            monitor.close();
        } finally {
            ended.countDown();
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
