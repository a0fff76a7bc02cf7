package dev.windrow.runtime.gateway;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.schedule.AgentPort;
import dev.windrow.engine.schedule.Held;
import dev.windrow.engine.schedule.Lease;
import dev.windrow.engine.store.RowRange;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Span;
import java.util.ArrayList;
import java.util.List;

/** What the engine says to an agent, as messages. */
final class SinkPort implements AgentPort {

    private final EngineSink sink;

    SinkPort(EngineSink sink) {
        this.sink = sink;
    }

    @Override
    public void plan(LeaseToken token, byte[] cursor, int sequence, int index) {
        sink.send(new EngineMessage.MakePlan(Words.token(token), cursor, sequence, index));
    }

    @Override
    public void chunkStored(LeaseToken token, int sequence) {
        sink.send(new EngineMessage.ChunkStored(Words.token(token), sequence));
    }

    @Override
    public void lease(List<Lease> leases) {
        List<LeaseRange> ranges = new ArrayList<>(leases.size());
        for (Lease lease : leases) {
            ranges.add(
                    new LeaseRange(
                            Words.token(lease.token()),
                            lease.chunk(),
                            lease.from(),
                            lease.to(),
                            lease.attempt()));
        }
        sink.send(new EngineMessage.LeaseGrant(ranges));
    }

    @Override
    public void settled(List<Settled> settled) {
        List<EngineMessage.Settled> mapped = new ArrayList<>(settled.size());
        for (Settled one : settled) {
            mapped.add(new EngineMessage.Settled(one.index(), Words.token(one.token())));
        }
        sink.send(new EngineMessage.Ack(mapped));
    }

    @Override
    public void recall(int count) {
        sink.send(new EngineMessage.Recall(count));
    }

    @Override
    public void drop(List<Held.Span> spans) {
        List<Span> mapped = new ArrayList<>(spans.size());
        for (Held.Span span : spans) {
            mapped.add(new Span(Words.token(span.token()), span.from(), span.to()));
        }
        sink.send(new EngineMessage.Drop(mapped));
    }

    @Override
    public void endWorkers(boolean abort) {
        sink.send(new EngineMessage.EndWorkers(abort));
    }

    @Override
    public void publish(LeaseToken token, boolean partial) {
        sink.send(new EngineMessage.Publish(Words.token(token), partial));
    }

    @Override
    public void ranges(LeaseToken token, int from, List<RowRange> ranges, int next) {
        List<RowSpan> mapped = new ArrayList<>(ranges.size());
        for (RowRange range : ranges) {
            mapped.add(Words.rows(range));
        }
        sink.send(new EngineMessage.Ranges(Words.token(token), from, mapped, next));
    }

    @Override
    public void bye(boolean completed) {
        sink.send(new EngineMessage.Bye(completed));
    }
}
