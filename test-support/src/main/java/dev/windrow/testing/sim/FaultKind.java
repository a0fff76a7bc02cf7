package dev.windrow.testing.sim;

/** What can go wrong in the simulation. */
public enum FaultKind {
    /** The engine's process dies between two steps. */
    ENGINE_DIES,
    ENGINE_DIES_BEFORE_COMMIT,
    ENGINE_DIES_IN_COMMIT,
    ENGINE_DIES_AFTER_COMMIT,
    /** Some of what was decided has been said when it dies. */
    ENGINE_DIES_WHILE_ACTING,
    /** The process stands still; another takes the job over, and then it goes on. */
    ENGINE_SUPERSEDED,
    /** The ledger refuses an append; the loop is opened anew. */
    LEDGER_FAILS,
    /** Engine and agents lose power together. */
    EVERYTHING_DIES,
    AGENT_DIES,
    /** The agent dies, and unflushed rows with it. */
    MACHINE_CRASHES,
    /** The compute says that it is gone; it runs on and comes back. */
    DECLARED_GONE,
    /** It stands still for more than a minute and goes on. */
    FALLS_SILENT,
    CONNECTION_BREAKS,
    MESSAGE_VANISHES,
    MESSAGE_DELAYED,
    MESSAGE_DOUBLED,
    /** A copy arrives much later, perhaps on a newer connection. */
    OLD_MESSAGE_DOUBLED,
    PLANNER_LOST,
    PUBLISHER_LOST,
    /** The output is at its place and the engine does not hear of it. */
    PUBLISHER_LOST_LATE,
    WORKER_DIES,
    INIT_FAILS,
    RUN_RAISES,
    RUN_RETURNS_NONE,
    CANNOT_LOAD,
    RUN_HANGS,
    SHORT_RETURN
}
