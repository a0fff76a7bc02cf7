package dev.windrow.protocol.wire;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Cause;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Timing;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.protocol.transfer.FoundFile;
import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferOrder;
import java.util.List;

/** At least one message of each type. */
final class Examples {

    private static final Token TOKEN = new Token(3, 41);
    private static final Timing TIMING = new Timing(2, 1_700_000_000_000_000L, 9_000, 5_000);
    private static final RowSpan ROWS = new RowSpan("e3-i0-w2.rows", 120, 60, 0);
    private static final Problem PROBLEM =
            new Problem("ValueError", "no \"k\u00f6lner\" row", "line 4", "x = 1/0");
    private static final byte[] BYTES = {1, 2, 3, (byte) 255};

    private Examples() {}

    static List<Ordered> orders() {
        return List.of(
                new Ordered(1, new TransferOrder.ListFiles("out", "a/k\u00f6ln.txt", 1_000)),
                new Ordered(2, new TransferOrder.FindFile("out", "b.txt")),
                new Ordered(3, new TransferOrder.ReadBytes("out", "b.txt", 5_000_000_000L, 8)),
                new Ordered(4, new TransferOrder.RemoveFolder(".windrow/wr-1")));
    }

    static List<List<FoundFile>> found() {
        return List.of(
                List.of(),
                List.of(
                        new FoundFile("a\n.txt", 5_000_000_000L, 1_700_000_000_000L),
                        new FoundFile("b", 0, 0)));
    }

    static List<EnvironmentTurn> turns() {
        return List.of(
                new EnvironmentTurn.Make("0123456789abcdef".repeat(2)),
                new EnvironmentTurn.Wait(7),
                new EnvironmentTurn.Fetch("0123456789abcdef".repeat(4), 5_000_000_000L),
                new EnvironmentTurn.Alone("the disk is full"));
    }

    static List<AgentMessage> agent() {
        Holdings holdings = new Holdings(List.of(new Span(TOKEN, 5, 9)), TOKEN, Token.NONE, 64);
        return List.of(
                new AgentMessage.Hello(1, 7, holdings),
                new AgentMessage.Heartbeat(holdings),
                new AgentMessage.Want(64),
                new AgentMessage.Results(
                        List.of(
                                new Report.Returned(5, TOKEN, TIMING, 10, ROWS),
                                new Report.Returned(6, TOKEN, TIMING, 0, RowSpan.NONE),
                                new Report.Broke(7, TOKEN, TIMING, Cause.EXCEPTION, PROBLEM))),
                new AgentMessage.Return(List.of(new Span(TOKEN, 8, 9))),
                new AgentMessage.FetchChunk(2),
                new AgentMessage.PlanChunk(TOKEN, 2, 20, new int[] {10, 10, 3}, BYTES, BYTES),
                new AgentMessage.Planned(TOKEN, 12),
                new AgentMessage.PlanFailed(TOKEN, Trouble.INPUT_UNREADABLE, "gone"),
                new AgentMessage.WorkerReady(2),
                new AgentMessage.LoadFailed(2, PROBLEM),
                new AgentMessage.InitFailed(2, PROBLEM),
                new AgentMessage.Note("worker_lost", "process002 ended with exit status 1"),
                new AgentMessage.Broken(Trouble.DISK_FULL, "no room"),
                new AgentMessage.WorkersEnded(),
                new AgentMessage.NextRanges(TOKEN, 5_000),
                new AgentMessage.Published(TOKEN, "203 1763875080123"),
                new AgentMessage.PublishFailed(TOKEN, Trouble.OUTPUT_UNWRITABLE, "read-only"));
    }

    static List<EngineMessage> engine() {
        return List.of(
                new EngineMessage.Welcome(1, 3),
                new EngineMessage.MakePlan(TOKEN, BYTES, 2, 20),
                new EngineMessage.ChunkStored(TOKEN, 2),
                new EngineMessage.LeaseGrant(List.of(new LeaseRange(TOKEN, 2, 20, 24, 1))),
                new EngineMessage.ChunkPayload(2, BYTES),
                new EngineMessage.Ack(List.of(new EngineMessage.Settled(5, TOKEN))),
                new EngineMessage.Recall(4),
                new EngineMessage.Drop(List.of(new Span(TOKEN, 8, 9))),
                new EngineMessage.EndWorkers(true),
                new EngineMessage.Publish(TOKEN, false),
                new EngineMessage.Ranges(TOKEN, 0, List.of(ROWS), -1),
                new EngineMessage.NewToken("wj_abc"),
                new EngineMessage.Bye(true));
    }
}
