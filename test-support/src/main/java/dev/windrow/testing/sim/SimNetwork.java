package dev.windrow.testing.sim;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decides what every message suffers: what a fault has ordered, else chance. */
final class SimNetwork {

    enum Conduct {
        DELIVERED,
        VANISHES,
        BREAKS,
        DELAYED,
        DOUBLED,
        DOUBLED_LATER
    }

    private final World world;
    private final Dice dice;
    private final Deque<Conduct> ordered = new ArrayDeque<>();
    private boolean quiet;

    SimNetwork(World world) {
        this.world = world;
        this.dice = world.dice.split();
    }

    /** The next message suffers this. */
    void order(Conduct conduct) {
        ordered.add(conduct);
    }

    /** From now on everything is delivered. */
    void calm() {
        quiet = true;
        ordered.clear();
    }

    Conduct next(AgentMessage message) {
        return next();
    }

    Conduct next(EngineMessage message) {
        return next();
    }

    private Conduct next() {
        Conduct conduct = ordered.isEmpty() ? byChance() : ordered.removeFirst();
        switch (conduct) {
            case DELIVERED -> {}
            case VANISHES -> world.struck(FaultKind.MESSAGE_VANISHES);
            case BREAKS -> world.struck(FaultKind.CONNECTION_BREAKS);
            case DELAYED -> world.struck(FaultKind.MESSAGE_DELAYED);
            case DOUBLED -> world.struck(FaultKind.MESSAGE_DOUBLED);
            case DOUBLED_LATER -> world.struck(FaultKind.OLD_MESSAGE_DOUBLED);
        }
        return conduct;
    }

    private Conduct byChance() {
        if (quiet || !dice.chance(world.scenario.noise())) {
            return Conduct.DELIVERED;
        }
        return switch (dice.between(0, 9)) {
            case 0 -> Conduct.BREAKS;
            case 1, 2 -> Conduct.VANISHES;
            case 3, 4 -> Conduct.DOUBLED;
            case 5, 6 -> Conduct.DOUBLED_LATER;
            default -> Conduct.DELAYED;
        };
    }

    /** Microseconds on the way. */
    long delay(Conduct conduct) {
        return conduct == Conduct.DELAYED
                ? dice.skewed(100_000, 25_000_000)
                : dice.skewed(50, 4_000);
    }

    /** Microseconds until an old copy arrives. */
    long late() {
        return dice.skewed(10_000, 40_000_000);
    }
}
