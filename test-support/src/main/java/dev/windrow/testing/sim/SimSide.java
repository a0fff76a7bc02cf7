package dev.windrow.testing.sim;

import dev.windrow.protocol.EngineMessage.MakePlan;
import dev.windrow.protocol.EngineMessage.Publish;
import dev.windrow.protocol.EngineMessage.Ranges;
import dev.windrow.protocol.Token;
import dev.windrow.worker.core.SidePort;
import org.jspecify.annotations.Nullable;

/** Planner and publisher of one agent, in steps. */
final class SimSide implements SidePort {

    private final SimAgent agent;
    private @Nullable SimPlanner planner;
    private @Nullable SimPublisher publisher;

    SimSide(SimAgent agent) {
        this.agent = agent;
    }

    @Override
    public void plan(MakePlan order) {
        if (planner != null && planner.token().equals(order.token())) {
            return;
        }
        if (planner != null) {
            planner.stop();
        }
        planner = new SimPlanner(agent, order);
        planner.begin();
    }

    @Override
    public void chunkStored(Token token, int sequence) {
        if (planner != null && planner.token().equals(token)) {
            planner.stored(sequence);
        }
    }

    @Override
    public void publish(Publish order) {
        if (publisher != null && publisher.token().equals(order.token())) {
            return;
        }
        if (publisher != null) {
            publisher.stop();
        }
        publisher = new SimPublisher(agent, order);
        publisher.begin();
    }

    @Override
    public void ranges(Ranges page) {
        if (publisher != null) {
            publisher.page(page);
        }
    }

    @Override
    public void stop() {
        losePlanner();
        losePublisher();
    }

    /** The planner ends and says nothing; false when there is none. */
    boolean losePlanner() {
        boolean was = planner != null && planner.running();
        if (planner != null) {
            planner.stop();
        }
        return was;
    }

    /** The publisher ends and says nothing; false when there is none. */
    boolean losePublisher() {
        boolean was = publisher != null && publisher.running();
        if (publisher != null) {
            publisher.stop();
        }
        return was;
    }

    /** The publisher publishes and says nothing of it; false when there is none. */
    boolean muffle() {
        return publisher != null && publisher.running() && publisher.muffle();
    }

    void die() {
        stop();
    }

    @Override
    public Token planning() {
        return planner != null && planner.running() ? planner.token() : Token.NONE;
    }

    @Override
    public Token publishing() {
        return publisher != null && publisher.running() ? publisher.token() : Token.NONE;
    }
}
