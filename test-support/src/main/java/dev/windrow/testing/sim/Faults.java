package dev.windrow.testing.sim;

import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Trouble;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Plans what goes wrong in which phase, and lets it happen. */
final class Faults {

    /** The last phase is short and crowded, so that it gets a double share. */
    private static final List<Phase> PHASES =
            List.of(Phase.PLAN, Phase.PROCESS, Phase.FINALIZE, Phase.FINALIZE);

    private final World world;
    private final Dice dice;
    private final List<Planned> planned = new ArrayList<>();
    private final Strikes strikes;
    private boolean over;
    private Phase phase = Phase.PLAN;
    private int looks;

    private record Planned(FaultKind kind, Phase phase, double progress) {}

    Faults(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        this.strikes = new Strikes(world, dice);
        if (world.scenario.stop() != Scenario.Stop.NOTHING) {
            world.agenda.in(dice.skewed(0, 30_000_000), this::stop);
        }
        List<FaultKind> kinds = List.of(FaultKind.values());
        for (int i = 0; i < world.scenario.faults(); i++) {
            FaultKind kind = dice.pick(kinds);
            Phase when = PHASES.get(dice.between(0, PHASES.size() - 1));
            if (Strikes.canBeOrdered(kind) && Coverage.impossible(kind, when).isEmpty()) {
                planned.add(new Planned(kind, when, dice.between(0, 999) / 1000.0));
            }
        }
    }

    private void stop() {
        if (over || !world.engine.up()) {
            world.agenda.in(500_000, this::stop);
            return;
        }
        world.say(() -> "STOP " + world.scenario.stop());
        switch (world.scenario.stop()) {
            case NOTHING -> {}
            case CANCELED -> world.engine.handle(new FleetEvent.CancelAsked("somebody"));
            case DISK_FULL ->
                    world.compute.running().stream()
                            .findFirst()
                            .ifPresent(agent ->
                                    agent.send(
                                            new AgentMessage.Broken(
                                                    Trouble.DISK_FULL, "no space")));
        }
    }

    /** Called after every step. */
    void look() {
        if (over || planned.isEmpty()) {
            return;
        }
        Phase now = world.phase();
        if (now != phase) {
            phase = now;
            if (now == Phase.FINALIZE) {
                scheduleFinal();
            }
        }
        if (++looks % 4 != 0 || now == Phase.FINALIZE) {
            return;
        }
        double progress = progress(now);
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned one = all.next();
            if (one.phase() == now && progress >= one.progress()) {
                all.remove();
                strikes.strike(one.kind());
                return;
            }
        }
    }

    private double progress(Phase now) {
        double all = world.scenario.script().miniBatches();
        LedgerWitness ledger = world.witness.ledger();
        return (now == Phase.PLAN ? ledger.planned() : ledger.ended()) / all;
    }

    private void scheduleFinal() {
        for (Planned one : List.copyOf(planned)) {
            if (one.phase() == Phase.FINALIZE) {
                planned.remove(one);
                world.agenda.in(dice.skewed(0, 2_500_000), () -> strikeFinal(one.kind()));
            }
        }
    }

    private void strikeFinal(FaultKind kind) {
        if (!over && world.phase() == Phase.FINALIZE) {
            strikes.strike(kind);
        }
    }

    /** The job has ended: the network is calm, and what nobody knows of is switched off. */
    void over() {
        over = true;
        world.network.calm();
        world.compute.running().stream()
                .filter(agent -> world.compute.isGone(agent.number))
                .forEach(SimAgent::die);
    }
}
