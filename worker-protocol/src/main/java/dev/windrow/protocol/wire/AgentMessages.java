package dev.windrow.protocol.wire;

import dev.windrow.protocol.AgentMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an agent says, on the wire. */
public final class AgentMessages implements MessageCodec<AgentMessage> {

    @Override
    public void write(AgentMessage message, WireWriter wire) {
        wire.begin();
        switch (message) {
            case AgentMessage.Hello(int version, int agent, var holdings) -> {
                wire.text("hello").number(version).number(agent);
                Shared.holdings(holdings, wire);
            }
            case AgentMessage.Heartbeat(var holdings) ->
                    Shared.holdings(holdings, wire.text("heartbeat"));
            case AgentMessage.Want(int capacity) -> wire.text("want").number(capacity);
            case AgentMessage.Results(var reports) ->
                    wire.text("results").list(reports, one -> Shared.report(one, wire));
            case AgentMessage.Return(var spans) ->
                    wire.text("return").list(spans, one -> Shared.span(one, wire));
            case AgentMessage.FetchChunk(int chunk) -> wire.text("fetch_chunk").number(chunk);
            case AgentMessage.PlanChunk chunk -> planChunk(chunk, wire);
            case AgentMessage.Planned(var token, int chunks) -> {
                Shared.token(token, wire.text("planned"));
                wire.number(chunks);
            }
            case AgentMessage.PlanFailed(var token, var trouble, String text) -> {
                Shared.token(token, wire.text("plan_failed"));
                wire.text(trouble.name()).text(text);
            }
            case AgentMessage.WorkerReady(int worker) -> wire.text("worker_ready").number(worker);
            case AgentMessage.LoadFailed(int worker, var problem) ->
                    Shared.problem(problem, wire.text("load_failed").number(worker));
            case AgentMessage.InitFailed(int worker, var problem) ->
                    Shared.problem(problem, wire.text("init_failed").number(worker));
            case AgentMessage.Note(String kind, String text) ->
                    wire.text("note").text(kind).text(text);
            case AgentMessage.Broken(var trouble, String text) ->
                    wire.text("broken").text(trouble.name()).text(text);
            case AgentMessage.WorkersEnded() -> wire.text("workers_ended");
            case AgentMessage.NextRanges(var token, int from) -> {
                Shared.token(token, wire.text("next_ranges"));
                wire.number(from);
            }
            case AgentMessage.Published(var token, String mark) -> {
                Shared.token(token, wire.text("published"));
                wire.text(mark);
            }
            case AgentMessage.PublishFailed(var token, var trouble, String text) -> {
                Shared.token(token, wire.text("publish_failed"));
                wire.text(trouble.name()).text(text);
            }
        }
        wire.end();
    }

    private static void planChunk(AgentMessage.PlanChunk chunk, WireWriter wire) {
        Shared.token(chunk.token(), wire.text("plan_chunk"));
        List<Integer> counts = Arrays.stream(chunk.itemCounts()).boxed().toList();
        wire.number(chunk.sequence())
                .number(chunk.first())
                .list(counts, count -> wire.number(count))
                .bytes(chunk.payload())
                .bytes(chunk.cursor());
    }

    @Override
    public Optional<AgentMessage> read(WireReader wire) {
        return wire.record(() -> body(wire.text(), wire));
    }

    private static Optional<AgentMessage> body(String name, WireReader wire) {
        AgentMessage message =
                switch (name) {
                    case "hello" ->
                            new AgentMessage.Hello(
                                    wire.integer(), wire.integer(), Shared.holdings(wire));
                    case "heartbeat" -> new AgentMessage.Heartbeat(Shared.holdings(wire));
                    case "want" -> new AgentMessage.Want(wire.integer());
                    case "results" ->
                            new AgentMessage.Results(wire.list(() -> Shared.report(wire)));
                    case "return" -> new AgentMessage.Return(wire.list(() -> Shared.span(wire)));
                    case "fetch_chunk" -> new AgentMessage.FetchChunk(wire.integer());
                    case "plan_chunk" -> planChunk(wire);
                    case "planned" -> new AgentMessage.Planned(Shared.token(wire), wire.integer());
                    case "plan_failed" ->
                            new AgentMessage.PlanFailed(
                                    Shared.token(wire), Shared.trouble(wire), wire.text());
                    case "worker_ready" -> new AgentMessage.WorkerReady(wire.integer());
                    case "load_failed" ->
                            new AgentMessage.LoadFailed(wire.integer(), Shared.problem(wire));
                    case "init_failed" ->
                            new AgentMessage.InitFailed(wire.integer(), Shared.problem(wire));
                    case "note" -> new AgentMessage.Note(wire.text(), wire.text());
                    case "broken" -> new AgentMessage.Broken(Shared.trouble(wire), wire.text());
                    case "workers_ended" -> new AgentMessage.WorkersEnded();
                    case "next_ranges" ->
                            new AgentMessage.NextRanges(Shared.token(wire), wire.integer());
                    case "published" ->
                            new AgentMessage.Published(
                                    Shared.token(wire), wire.atEnd() ? "" : wire.text());
                    case "publish_failed" ->
                            new AgentMessage.PublishFailed(
                                    Shared.token(wire), Shared.trouble(wire), wire.text());
                    default -> null;
                };
        return Optional.ofNullable(message);
    }

    private static AgentMessage planChunk(WireReader wire) {
        return new AgentMessage.PlanChunk(
                Shared.token(wire),
                wire.integer(),
                wire.integer(),
                wire.list(wire::integer).stream().mapToInt(Integer::intValue).toArray(),
                wire.bytes(),
                wire.bytes());
    }
}
