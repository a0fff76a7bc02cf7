package dev.windrow.runtime.gateway;

import dev.windrow.disk.FileMark;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.schedule.AgentPort;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.Protocol;
import java.util.Optional;

/**
 * One agent's connection, as the engine sees it: turns what the agent says into events, and answers
 * for the engine what needs no decision. A new connection gets a new gateway. Not safe for use by
 * several threads.
 */
public final class AgentGateway {

    private final String job;
    private final long epoch;
    private final int agent;
    private final JobStore store;
    private final EngineSink sink;
    private final AgentPort port;
    private boolean attached;

    public AgentGateway(String job, long epoch, int agent, JobStore store, EngineSink sink) {
        this.job = job;
        this.epoch = epoch;
        this.agent = agent;
        this.store = store;
        this.sink = sink;
        this.port = new SinkPort(sink);
    }

    /** What the message means for the engine; empty when it is answered here. */
    public Optional<FleetEvent> accept(AgentMessage message) {
        if (message instanceof AgentMessage.FetchChunk(int chunk)) {
            fetch(chunk);
            return Optional.empty();
        }
        return Optional.of(event(message));
    }

    /** The event that tells the engine that this connection is closed. */
    public FleetEvent closed() {
        return new FleetEvent.AgentDetached(agent);
    }

    private void fetch(int chunk) {
        try {
            sink.send(new EngineMessage.ChunkPayload(chunk, store.planChunk(job, chunk)));
        } catch (EngineException e) {
            // The agent asks again; a ledger that is gone for good ends the loop by itself.
            sink.send(new EngineMessage.Recall(0));
        }
    }

    /** Whatever first says what the agent holds tells the engine which connection it is on. */
    private FleetEvent attached(Holdings holdings) {
        attached = true;
        sink.send(new EngineMessage.Welcome(Protocol.VERSION, epoch));
        return new FleetEvent.AgentAttached(agent, port, Words.held(holdings));
    }

    private FleetEvent event(AgentMessage message) {
        return switch (message) {
            case AgentMessage.Hello hello -> attached(hello.holdings());
            case AgentMessage.Heartbeat(var holdings) ->
                    attached
                            ? new FleetEvent.AgentHeard(agent, Words.held(holdings))
                            : attached(holdings);
            case AgentMessage.Want(int capacity) ->
                    new FleetEvent.WorkWanted(agent, Words.capacity(capacity));
            case AgentMessage.Results(var reports) ->
                    new FleetEvent.AttemptsEnded(agent, Words.reports(agent, reports));
            case AgentMessage.Return(var spans) ->
                    new FleetEvent.LeasesReturned(agent, Words.spans(spans));
            case AgentMessage.PlanChunk chunk ->
                    new FleetEvent.ChunkReady(
                            agent,
                            Words.token(chunk.token()),
                            new ChunkPlanned(
                                    chunk.sequence(),
                                    chunk.first(),
                                    chunk.itemCounts(),
                                    chunk.payload(),
                                    chunk.cursor()));
            case AgentMessage.Planned(var token, int chunks) ->
                    new FleetEvent.PlanEnded(agent, Words.token(token), chunks);
            case AgentMessage.PlanFailed(var token, var trouble, String text) ->
                    new FleetEvent.PlanBroke(agent, Words.token(token), Words.code(trouble), text);
            case AgentMessage.WorkerReady(int worker) -> new FleetEvent.WorkerReady(agent, worker);
            case AgentMessage.LoadFailed(int worker, var problem) ->
                    new FleetEvent.WorkerLoadFailed(agent, worker, Words.error(problem));
            case AgentMessage.InitFailed(int worker, var problem) ->
                    new FleetEvent.WorkerInitFailed(agent, worker, Words.error(problem));
            case AgentMessage.Note(String kind, String text) ->
                    new FleetEvent.AgentNoted(agent, kind, text);
            case AgentMessage.Broken(var trouble, String text) ->
                    new FleetEvent.InstanceBroke(agent, Words.code(trouble), text);
            case AgentMessage.WorkersEnded _ -> new FleetEvent.WorkersEnded(agent);
            case AgentMessage.NextRanges(var token, int from) ->
                    new FleetEvent.RangesWanted(agent, Words.token(token), from);
            case AgentMessage.Published(var token, String mark) ->
                    new FleetEvent.Published(
                            agent,
                            Words.token(token),
                            FileMark.of(mark).map(FileMark::text).orElse(""));
            case AgentMessage.PublishFailed(var token, var trouble, String text) ->
                    new FleetEvent.PublishBroke(
                            agent, Words.token(token), Words.code(trouble), text);
            case AgentMessage.FetchChunk _ ->
                    throw new IllegalStateException("answered by the gateway itself");
        };
    }
}
