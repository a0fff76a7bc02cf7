package dev.windrow.worker.core;

import dev.windrow.protocol.EngineMessage.MakePlan;
import dev.windrow.protocol.EngineMessage.Publish;
import dev.windrow.protocol.EngineMessage.Ranges;
import dev.windrow.protocol.Token;

/**
 * Work beside the workers: planning and publishing. Calls return without waiting; both send their
 * messages to the engine themselves and say here only when they end.
 */
public interface SidePort {

    /** Begins to plan; one at a time, a new one ends the one before. */
    void plan(MakePlan order);

    /** A chunk is stored; the planner may go on. */
    void chunkStored(Token token, int sequence);

    /** Begins to publish; one at a time, a new one ends the one before. */
    void publish(Publish order);

    void ranges(Ranges page);

    /** Ends both. */
    void stop();

    /** Token of the plan being made, or {@link Token#NONE}. */
    Token planning();

    /** Token of the output being published, or {@link Token#NONE}. */
    Token publishing();
}
