package dev.windrow.testing.sim;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.Token;

/** Messages in few words, for a trace. */
final class Says {

    private Says() {}

    static String of(AgentMessage message) {
        return switch (message) {
            case AgentMessage.Results(var reports) ->
                    "Results "
                            + reports.stream()
                                    .map(r -> kind(r) + r.index() + "@" + of(r.token()))
                                    .toList();
            case AgentMessage.PlanChunk c ->
                    "PlanChunk %d from %d, %d long @%s"
                            .formatted(
                                    c.sequence(), c.first(), c.itemCounts().length, of(c.token()));
            default -> message.toString().replace("Token[epoch=", "[").replace("counter=", "");
        };
    }

    private static String kind(Report report) {
        return switch (report) {
            case Report.Returned _ -> "+";
            case Report.Broke _ -> "-";
        };
    }

    static String of(EngineMessage message) {
        return switch (message) {
            case EngineMessage.ChunkPayload(int chunk, byte[] _) -> "ChunkPayload " + chunk;
            case EngineMessage.LeaseGrant(var leases) ->
                    "LeaseGrant "
                            + leases.stream()
                                    .map(l -> l.from() + ".." + l.to() + "@" + of(l.token()))
                                    .toList();
            case EngineMessage.Ack(var settled) ->
                    "Ack " + settled.stream().map(s -> s.index() + "@" + of(s.token())).toList();
            case EngineMessage.MakePlan p ->
                    "MakePlan %d at %d @%s".formatted(p.sequence(), p.index(), of(p.token()));
            default -> message.toString().replace("Token[epoch=", "[").replace("counter=", "");
        };
    }

    static String of(Token token) {
        return token.epoch() + "/" + token.counter();
    }
}
