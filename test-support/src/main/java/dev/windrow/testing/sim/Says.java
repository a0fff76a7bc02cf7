package dev.windrow.testing.sim;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.Token;

/** Messages in few words, for a trace. */
final class Says {

    private Says() {}

    static String of(AgentMessage message) {
        if (message instanceof AgentMessage.Results(var reports)) {
            return "Results "
                    + reports.stream().map(r -> kind(r) + r.index() + "@" + of(r.token())).toList();
        }
        if (message instanceof AgentMessage.PlanChunk c) {
            return "PlanChunk %d from %d, %d long @%s"
                    .formatted(c.sequence(), c.first(), c.itemCounts().length, of(c.token()));
        }
        return shorter(message.toString());
    }

    private static String kind(Report report) {
        return switch (report) {
            case Report.Returned _ -> "+";
            case Report.Broke _ -> "-";
        };
    }

    static String of(EngineMessage message) {
        if (message instanceof EngineMessage.ChunkPayload(int chunk, byte[] _)) {
            return "ChunkPayload " + chunk;
        }
        if (message instanceof EngineMessage.LeaseGrant(var leases)) {
            return "LeaseGrant "
                    + leases.stream()
                            .map(l -> l.from() + ".." + l.to() + "@" + of(l.token()))
                            .toList();
        }
        if (message instanceof EngineMessage.Ack(var settled)) {
            return "Ack " + settled.stream().map(s -> s.index() + "@" + of(s.token())).toList();
        }
        if (message instanceof EngineMessage.MakePlan p) {
            return "MakePlan %d at %d @%s".formatted(p.sequence(), p.index(), of(p.token()));
        }
        return shorter(message.toString());
    }

    private static String shorter(String message) {
        return message.replace("Token[epoch=", "[").replace("counter=", "");
    }

    static String of(Token token) {
        return token.epoch() + "/" + token.counter();
    }
}
