package dev.windrow.testing.sim;

import dev.windrow.protocol.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets one fault happen, when there is something it can happen to. */
final class Strikes {

    private static final int PUBLISHER_TRIES = 2_000;

    private final World world;
    private final Dice dice;

    Strikes(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    /** False for what the script decides. */
    static boolean canBeOrdered(FaultKind kind) {
        return switch (kind) {
            case RUN_RAISES, RUN_RETURNS_NONE, CANNOT_LOAD, RUN_HANGS, SHORT_RETURN -> false;
            case ENGINE_DIES,
                    ENGINE_DIES_BEFORE_COMMIT,
                    ENGINE_DIES_IN_COMMIT,
                    ENGINE_DIES_AFTER_COMMIT,
                    ENGINE_DIES_WHILE_ACTING,
                    ENGINE_SUPERSEDED,
                    LEDGER_FAILS,
                    EVERYTHING_DIES,
                    AGENT_DIES,
                    MACHINE_CRASHES,
                    DECLARED_GONE,
                    FALLS_SILENT,
                    CONNECTION_BREAKS,
                    MESSAGE_VANISHES,
                    MESSAGE_DELAYED,
                    MESSAGE_DOUBLED,
                    OLD_MESSAGE_DOUBLED,
                    PLANNER_LOST,
                    PUBLISHER_LOST,
                    PUBLISHER_LOST_LATE,
                    WORKER_DIES,
                    INIT_FAILS ->
                    true;
        };
    }

    void strike(FaultKind kind) {
        switch (kind) {
            case ENGINE_DIES -> engineDies();
            case ENGINE_DIES_BEFORE_COMMIT -> append(SimStore.Strike.CRASH_BEFORE, kind);
            case ENGINE_DIES_IN_COMMIT -> append(SimStore.Strike.CRASH_UNFLUSHED, kind);
            case ENGINE_DIES_AFTER_COMMIT -> append(SimStore.Strike.CRASH_FLUSHED, kind);
            case ENGINE_DIES_WHILE_ACTING -> world.engine.dieWhileActing(dice.between(0, 3));
            case ENGINE_SUPERSEDED -> superseded();
            case LEDGER_FAILS -> append(SimStore.Strike.FAIL, kind);
            case EVERYTHING_DIES -> everythingDies();
            case AGENT_DIES, MACHINE_CRASHES, DECLARED_GONE, FALLS_SILENT -> hit(kind);
            case CONNECTION_BREAKS -> world.network.order(SimNetwork.Conduct.BREAKS);
            case MESSAGE_VANISHES -> world.network.order(SimNetwork.Conduct.VANISHES);
            case MESSAGE_DELAYED -> world.network.order(SimNetwork.Conduct.DELAYED);
            case MESSAGE_DOUBLED -> world.network.order(SimNetwork.Conduct.DOUBLED);
            case OLD_MESSAGE_DOUBLED -> world.network.order(SimNetwork.Conduct.DOUBLED_LATER);
            case PLANNER_LOST -> first(kind, agent -> agent.side.losePlanner());
            case PUBLISHER_LOST -> publisher(SimSide::losePublisher, () -> world.struck(kind), 0);
            case PUBLISHER_LOST_LATE -> publisher(SimSide::muffle, () -> {}, 0);
            case WORKER_DIES -> first(kind, agent -> agent.workers.killOne());
            case INIT_FAILS -> failInits();
            case RUN_RAISES, RUN_RETURNS_NONE, CANNOT_LOAD, RUN_HANGS, SHORT_RETURN -> {}
        }
    }

    private void engineDies() {
        if (world.engine.up()) {
            world.struck(FaultKind.ENGINE_DIES);
            world.engine.die(false);
        }
    }

    private void superseded() {
        if (world.engine.up()) {
            world.struck(FaultKind.ENGINE_SUPERSEDED);
            world.engine.standStill();
        }
    }

    private void append(SimStore.Strike strike, FaultKind kind) {
        world.store.strike(strike, () -> world.struck(kind));
    }

    private void everythingDies() {
        world.struck(FaultKind.EVERYTHING_DIES);
        world.compute.running().forEach(SimAgent::crash);
        world.engine.die(true);
    }

    private void hit(FaultKind kind) {
        List<SimAgent> agents = world.compute.running();
        if (agents.isEmpty()) {
            return;
        }
        SimAgent victim = dice.pick(agents);
        world.struck(kind);
        if (kind == FaultKind.AGENT_DIES) {
            victim.die();
        } else if (kind == FaultKind.MACHINE_CRASHES) {
            victim.crash();
        } else if (kind == FaultKind.DECLARED_GONE) {
            victim.partition(dice.skewed(500_000, 90_000_000));
            world.compute.ended(victim.number);
        } else {
            victim.freeze(dice.between(61, 130) * 1_000_000L);
        }
    }

    private void first(FaultKind kind, Predicate<SimAgent> hits) {
        Optional<SimAgent> hit = world.compute.running().stream().filter(hits).findFirst();
        hit.ifPresent(_ -> world.struck(kind));
    }

    /** Waits for a publisher to be there; how far it has come then is chance. */
    private void publisher(Predicate<SimSide> hits, Runnable hit, int tries) {
        if (world.phase() != Phase.FINALIZE || tries > PUBLISHER_TRIES) {
            return;
        }
        for (SimAgent agent : world.compute.running()) {
            if (!agent.side.publishing().equals(Token.NONE)
                    && dice.chance(0.1)
                    && hits.test(agent.side)) {
                hit.run();
                return;
            }
        }
        world.agenda.in(50_000, () -> publisher(hits, hit, tries + 1));
    }

    /** A worker is replaced, or its whole agent, and the replacement cannot start at first. */
    private void failInits() {
        world.engine.failInits(dice.between(1, 2));
        boolean replaced =
                world.compute.running().stream().anyMatch(agent -> agent.workers.killOne());
        if (!replaced) {
            world.compute.running().stream().findFirst().ifPresent(SimAgent::die);
        }
    }
}
