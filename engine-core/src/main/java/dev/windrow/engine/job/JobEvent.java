package dev.windrow.engine.job;

/** What can happen to a job as a whole. */
public sealed interface JobEvent {

    /** A fleet was asked for, and is so far. */
    record FleetSeen(FleetStage stage) implements JobEvent {}

    /** The first agent has work. */
    record WorkBegun() implements JobEvent {}

    /** No agent has been heard for too long. */
    record AgentsFellSilent() implements JobEvent {}

    /** An agent was heard again. */
    record AgentHeard() implements JobEvent {}

    /** The plan is complete and every mini-batch has ended. */
    record AllEnded() implements JobEvent {}

    /** A limit was exceeded or something broke. */
    record Broke(JobReason reason) implements JobEvent {}

    /** Somebody asked to stop. */
    record CancelRequested(JobReason reason) implements JobEvent {}

    /** No worker runs any more. */
    record WorkersEnded() implements JobEvent {}

    /** Output is where it belongs, or there is none to publish. */
    record OutputPublished() implements JobEvent {}
}
