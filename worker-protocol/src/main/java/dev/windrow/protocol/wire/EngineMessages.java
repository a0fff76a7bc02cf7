package dev.windrow.protocol.wire;

import dev.windrow.protocol.EngineMessage;
import java.util.Optional;

/** What the engine says, on the wire. */
public final class EngineMessages implements MessageCodec<EngineMessage> {

    @Override
    public void write(EngineMessage message, WireWriter wire) {
        wire.begin();
        switch (message) {
            case EngineMessage.Welcome(int version, long epoch) ->
                    wire.text("welcome").number(version).number(epoch);
            case EngineMessage.MakePlan(var token, byte[] cursor, int sequence, int index) -> {
                Shared.token(token, wire.text("plan"));
                wire.bytes(cursor).number(sequence).number(index);
            }
            case EngineMessage.ChunkStored(var token, int sequence) -> {
                Shared.token(token, wire.text("chunk_stored"));
                wire.number(sequence);
            }
            case EngineMessage.LeaseGrant(var leases) ->
                    wire.text("lease").list(leases, one -> Shared.lease(one, wire));
            case EngineMessage.ChunkPayload(int chunk, byte[] payload) ->
                    wire.text("chunk").number(chunk).bytes(payload);
            case EngineMessage.Ack(var settled) ->
                    wire.text("ack").list(settled, one -> Shared.settled(one, wire));
            case EngineMessage.Recall(int count) -> wire.text("recall").number(count);
            case EngineMessage.Drop(var spans) ->
                    wire.text("drop").list(spans, one -> Shared.span(one, wire));
            case EngineMessage.EndWorkers(boolean abort) -> wire.text("end_workers").flag(abort);
            case EngineMessage.Publish(var token, boolean partial) -> {
                Shared.token(token, wire.text("publish"));
                wire.flag(partial);
            }
            case EngineMessage.Ranges(var token, int from, var ranges, int next) -> {
                Shared.token(token, wire.text("ranges"));
                wire.number(from).list(ranges, one -> Shared.rows(one, wire)).number(next);
            }
            case EngineMessage.NewToken(String text) -> wire.text("new_token").text(text);
            case EngineMessage.Bye(boolean completed) -> wire.text("bye").flag(completed);
        }
        wire.end();
    }

    @Override
    public Optional<EngineMessage> read(WireReader wire) {
        return wire.record(() -> body(wire.text(), wire));
    }

    private static Optional<EngineMessage> body(String name, WireReader wire) {
        EngineMessage message =
                switch (name) {
                    case "welcome" -> new EngineMessage.Welcome(wire.integer(), wire.number());
                    case "plan" ->
                            new EngineMessage.MakePlan(
                                    Shared.token(wire),
                                    wire.bytes(),
                                    wire.integer(),
                                    wire.integer());
                    case "chunk_stored" ->
                            new EngineMessage.ChunkStored(Shared.token(wire), wire.integer());
                    case "lease" ->
                            new EngineMessage.LeaseGrant(wire.list(() -> Shared.lease(wire)));
                    case "chunk" -> new EngineMessage.ChunkPayload(wire.integer(), wire.bytes());
                    case "ack" -> new EngineMessage.Ack(wire.list(() -> Shared.settled(wire)));
                    case "recall" -> new EngineMessage.Recall(wire.integer());
                    case "drop" -> new EngineMessage.Drop(wire.list(() -> Shared.span(wire)));
                    case "end_workers" -> new EngineMessage.EndWorkers(wire.flag());
                    case "publish" -> new EngineMessage.Publish(Shared.token(wire), wire.flag());
                    case "ranges" ->
                            new EngineMessage.Ranges(
                                    Shared.token(wire),
                                    wire.integer(),
                                    wire.list(() -> Shared.rows(wire)),
                                    wire.integer());
                    case "new_token" -> new EngineMessage.NewToken(wire.text());
                    case "bye" -> new EngineMessage.Bye(wire.flag());
                    default -> null;
                };
        return Optional.ofNullable(message);
    }
}
