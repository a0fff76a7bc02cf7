package dev.windrow.engine.schedule;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import java.util.List;

/** What a job loop hears: from agents, from those who carry their messages, and from users. */
public sealed interface FleetEvent {

    /** An agent is connected, for the first time or again. */
    record AgentAttached(int agent, AgentPort port, Held held) implements FleetEvent {}

    /** The connection was closed; the agent may come back. */
    record AgentDetached(int agent) implements FleetEvent {}

    /** The agent lives; what it does not hold it has lost or never got. */
    record AgentHeard(int agent, Held held) implements FleetEvent {}

    /** The agent wants to hold this many mini-batches at once. */
    record WorkWanted(int agent, int capacity) implements FleetEvent {}

    record AttemptsEnded(int agent, List<AttemptReport> reports) implements FleetEvent {

        public AttemptsEnded {
            reports = List.copyOf(reports);
        }
    }

    /** Not begun, and given back. */
    record LeasesReturned(int agent, List<Held.Span> spans) implements FleetEvent {

        public LeasesReturned {
            spans = List.copyOf(spans);
        }
    }

    record ChunkReady(int agent, LeaseToken token, ChunkPlanned chunk) implements FleetEvent {}

    /**
     * Nothing more will be planned.
     *
     * @param chunks of the whole plan, so that one that was lost on its way is missed
     */
    record PlanEnded(int agent, LeaseToken token, int chunks) implements FleetEvent {}

    record PlanBroke(int agent, LeaseToken token, ErrorCode code, String message)
            implements FleetEvent {}

    /** A worker's {@code init()} has returned. */
    record WorkerReady(int agent, int worker) implements FleetEvent {}

    /** A worker could not load the script. */
    record WorkerLoadFailed(int agent, int worker, ErrorText error) implements FleetEvent {}

    /** A worker's {@code init()} failed, or the worker died in it. */
    record WorkerInitFailed(int agent, int worker, ErrorText error) implements FleetEvent {}

    /** Something worth a line in the log. */
    record AgentNoted(int agent, String kind, String text) implements FleetEvent {}

    /** The instance cannot work at all, for no fault of a mini-batch. */
    record InstanceBroke(int agent, ErrorCode code, String message) implements FleetEvent {}

    /** No worker of the agent runs any more, as it was told. */
    record WorkersEnded(int agent) implements FleetEvent {}

    /** The publisher asks for committed ranges from this index on. */
    record RangesWanted(int agent, LeaseToken token, int from) implements FleetEvent {}

    /**
     * The rows are where they belong.
     *
     * @param mark by which the file is known again; opaque to the engine, empty when there is none
     */
    record Published(int agent, LeaseToken token, String mark) implements FleetEvent {}

    record PublishBroke(int agent, LeaseToken token, ErrorCode code, String message)
            implements FleetEvent {}

    /**
     * Somebody wants the job to stop.
     *
     * @param who for the reason a user reads
     */
    record CancelAsked(String who) implements FleetEvent {}
}
