package dev.windrow.testing.sim;

import dev.windrow.engine.job.JobStatus;

/**
 * One job from submission to its end, in a simulated world, with every invariant checked after
 * every step. The same seed gives the same story.
 */
public final class Simulation {

    private static final long END = 3_600L * 4 * 1_000_000;
    private static final long AFTERMATH = 30_000_000;
    private static final int STEPS_MAX = 3_000_000;

    private final World world;
    private final Faults faults;

    /**
     * How it went.
     *
     * @param seconds simulated
     */
    public record Story(
            JobStatus status, String reason, long steps, double seconds, Coverage coverage) {}

    private Simulation(
            Scenario scenario, Dice dice, boolean tracing, GatewayFactory gateways, Mutation bug) {
        this.world = new World(scenario, dice, tracing, gateways, bug);
        this.faults = new Faults(world, dice.split());
    }

    /**
     * Runs a seed.
     *
     * @throws Broken when an invariant does not hold; its message ends with the last steps
     */
    public static Story run(long seed, GatewayFactory gateways, Mutation bug) {
        try {
            return simulation(seed, false, gateways, bug).run();
        } catch (Broken | IllegalStateException | IndexOutOfBoundsException first) {
            throw told(seed, gateways, bug, first);
        }
    }

    /** Runs a seed's job with a script that only returns, and with nothing going wrong. */
    public static Story calm(long seed, GatewayFactory gateways) {
        Dice dice = new Dice(seed);
        Scenario scenario = Scenario.of(seed, dice).calm();
        return new Simulation(scenario, dice, false, gateways, Mutation.NONE).run();
    }

    private static Simulation simulation(
            long seed, boolean tracing, GatewayFactory gateways, Mutation bug) {
        Dice dice = new Dice(seed);
        return new Simulation(Scenario.of(seed, dice), dice, tracing, gateways, bug);
    }

    /** Runs it once more, with a trace. */
    private static Broken told(
            long seed, GatewayFactory gateways, Mutation bug, RuntimeException first) {
        Simulation again = simulation(seed, true, gateways, bug);
        String message = String.valueOf(first);
        try {
            again.run();
        } catch (Broken | IllegalStateException | IndexOutOfBoundsException e) {
            message = String.valueOf(e);
        }
        Broken told =
                new Broken(
                        "seed %d: %s%nreplay: mvn -pl runtime -am test -Dtest=SimulationTest"
                                        .formatted(seed, message)
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dwindrow.seeds=1"
                                + " -Dwindrow.seed=%d%n%s"
                                        .formatted(seed, again.world.trace.text()));
        told.addSuppressed(first);
        return told;
    }

    private Story run() {
        world.engine.start();
        long steps = 0;
        while (!world.engine.done()) {
            step(++steps);
        }
        double seconds = world.time.micros() / 1e6;
        faults.over();
        long until = world.time.micros() + AFTERMATH;
        while (world.time.micros() < until && world.agenda.step()) {
            steps++;
        }
        new Verdict(world).check();
        LedgerWitness ledger = world.witness.ledger();
        return new Story(
                ledger.status(),
                ledger.reason().map(why -> why.code().name()).orElse(""),
                steps,
                seconds,
                world.coverage);
    }

    private void step(long steps) {
        Broken.unless(world.agenda.step(), () -> "nothing more would happen");
        faults.look();
        Broken.unless(
                steps < STEPS_MAX && world.time.micros() < END,
                () ->
                        "job: still %s after %.0f s and %d steps"
                                .formatted(
                                        world.witness.ledger().status(),
                                        world.time.micros() / 1e6,
                                        steps));
    }
}
