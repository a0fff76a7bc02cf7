package dev.windrow.protocol;

import java.util.List;

/** What an agent says to the engine. Every message may be repeated harmlessly. */
public sealed interface AgentMessage {

    /**
     * The first message on a connection.
     *
     * @param version of the protocol
     * @param agent number of the instance
     */
    record Hello(int version, int agent, Holdings holdings) implements AgentMessage {}

    /** Every {@link Protocol#HEARTBEAT}. */
    record Heartbeat(Holdings holdings) implements AgentMessage {}

    /** How many mini-batches the agent wants to hold at once from now on. */
    record Want(int capacity) implements AgentMessage {}

    record Results(List<Report> reports) implements AgentMessage {

        public Results {
            reports = List.copyOf(reports);
        }
    }

    /** Not begun, and given back. */
    record Return(List<Span> spans) implements AgentMessage {

        public Return {
            spans = List.copyOf(spans);
        }
    }

    /** Asks for a chunk's payload. */
    record FetchChunk(int chunk) implements AgentMessage {}

    /** A part of the plan, to be stored. */
    record PlanChunk(
            Token token, int sequence, int first, int[] itemCounts, byte[] payload, byte[] cursor)
            implements AgentMessage {}

    /**
     * Nothing more to plan.
     *
     * @param chunks of the whole plan, those of earlier planners included
     */
    record Planned(Token token, int chunks) implements AgentMessage {}

    record PlanFailed(Token token, Trouble trouble, String message) implements AgentMessage {}

    record WorkerReady(int worker) implements AgentMessage {}

    record LoadFailed(int worker, Problem problem) implements AgentMessage {}

    record InitFailed(int worker, Problem problem) implements AgentMessage {}

    /** A line for the job's log. */
    record Note(String kind, String text) implements AgentMessage {}

    /** The instance cannot work at all. */
    record Broken(Trouble trouble, String message) implements AgentMessage {}

    record WorkersEnded() implements AgentMessage {}

    /** Asks for committed ranges from this index on. */
    record NextRanges(Token token, int from) implements AgentMessage {}

    /**
     * The rows are where they belong.
     *
     * @param mark of the file, by which it is known again; empty when there is none
     */
    record Published(Token token, String mark) implements AgentMessage {}

    record PublishFailed(Token token, Trouble trouble, String message) implements AgentMessage {}
}
