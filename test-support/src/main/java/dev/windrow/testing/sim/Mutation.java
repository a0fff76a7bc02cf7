package dev.windrow.testing.sim;

import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.schedule.JobPolicy;
import dev.windrow.engine.store.JobStore;
import dev.windrow.protocol.EngineMessage;

/** A bug planted between the engine and its surroundings; {@link #NONE} plants none. */
public interface Mutation {

    /** The engine as it is. */
    Mutation NONE = new Mutation() {};

    /** What the engine is told of the job's settings. */
    default JobPolicy policy(JobPolicy right) {
        return right;
    }

    /** The ledger that the engine gets. */
    default JobStore store(JobStore right) {
        return right;
    }

    /** What the engine is told has happened. */
    default FleetEvent heard(FleetEvent right) {
        return right;
    }

    /** What the agents are told. */
    default EngineMessage said(int agent, EngineMessage right) {
        return right;
    }
}
