package dev.windrow.worker.core;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Cause;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.Protocol;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Timing;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An agent's core with everything around it written down, and time in the test's hand. */
final class Bench {

    static final Problem PROBLEM = new Problem("ValueError", "bad", "", "");
    static final long SHORT = 1_000_000;
    static final long LONG = 50_000_000;

    final List<AgentMessage> said = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final List<Work> work = new ArrayList<>();
    final List<Set<String>> flushed = new ArrayList<>();
    final AgentCore core;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    boolean diskFull;
    private long counter;

    Bench(int workers) {
        core =
                new AgentCore(
                        new AgentSettings(7, workers, Duration.ofSeconds(90), 0),
                        said::add,
                        new Port(),
                        this::flush,
                        new IdleSide(),
                        _ -> new Names());
        core.connected(now);
        tell(new EngineMessage.Welcome(Protocol.VERSION, 1));
    }

    private void flush(Set<String> segments) {
        if (diskFull) {
            throw new SegmentException(Trouble.DISK_FULL, "no space", new IllegalStateException());
        }
        flushed.add(Set.copyOf(segments));
        said.add(new AgentMessage.Note("test", "flushed"));
    }

    private final class Port implements WorkerPort {
        @Override
        public void start(int worker, int slot) {
            calls.add("start %d in %d".formatted(worker, slot));
        }

        @Override
        public void send(int worker, Work one) {
            calls.add("send %d to %d".formatted(one.index(), worker));
            work.add(one);
        }

        @Override
        public void shutdown(int worker) {
            calls.add("shutdown " + worker);
        }

        @Override
        public void kill(int worker, boolean dumpStack) {
            calls.add("kill %d%s".formatted(worker, dumpStack ? " with stacks" : ""));
        }
    }

    private record Names() implements ItemNames {
        @Override
        public int count(int place) {
            return 1;
        }

        @Override
        public int length(int place) {
            return 0;
        }

        @Override
        public void write(int place, ByteBuffer target) {}

        @Override
        public int first() {
            return 0;
        }
    }

    void tell(EngineMessage message) {
        core.handle(message, now);
        core.settle(now);
    }

    void hear(WorkerEvent event) {
        core.handle(event, now);
        core.settle(now);
    }

    void ready(int... workers) {
        for (int worker : workers) {
            hear(new WorkerEvent.Ready(worker));
        }
    }

    /** Leases these mini-batches of chunk 0 and delivers the chunk. */
    Token lease(int from, int to) {
        Token token = new Token(1, ++counter);
        tell(new EngineMessage.LeaseGrant(List.of(new LeaseRange(token, 0, from, to, 0))));
        tell(new EngineMessage.ChunkPayload(0, new byte[0]));
        return token;
    }

    void done(int worker, int index, long nanos) {
        hear(
                new WorkerEvent.Done(
                        worker,
                        index,
                        new Timing(worker, 0, nanos, nanos),
                        1,
                        new RowSpan("s" + worker, 0, 5, 0)));
    }

    void failed(int worker, int index) {
        hear(
                new WorkerEvent.Failed(
                        worker,
                        index,
                        new Timing(worker, 0, LONG, LONG),
                        Cause.EXCEPTION,
                        PROBLEM));
    }

    void exited(int worker) {
        hear(new WorkerEvent.Exited(worker, "killed by signal 9"));
    }

    /** Lets time pass, with ticks as often as a real agent has them. */
    void pass(Duration duration) {
        Instant end = now.plus(duration);
        while (now.isBefore(end)) {
            now = now.plusMillis(100);
            core.tick(now);
            core.settle(now);
        }
    }

    List<Report> reports() {
        return said(AgentMessage.Results.class).stream()
                .flatMap(results -> results.reports().stream())
                .toList();
    }

    <T extends AgentMessage> List<T> said(Class<T> kind) {
        return said.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Calls of this kind since the last time somebody looked. */
    List<String> takeCalls(String kind) {
        List<String> found = calls.stream().filter(call -> call.startsWith(kind)).toList();
        calls.clear();
        return found;
    }
}
