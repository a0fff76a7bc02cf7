package dev.windrow.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testing.sim.Broken;
import dev.windrow.testing.sim.Mutation;
import dev.windrow.testing.sim.Simulation;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Plants a bug and expects the simulation to object: a check that never fails proves nothing. */
final class MutantTest {

    private static final int SEEDS_MAX = 1_000;

    @Test
    void findsOutWhoAcceptsAnOldToken() {
        assertDies("an old token is accepted", Unfenced::new);
    }

    @Test
    void findsOutWhoAcknowledgesBeforeTheCommit() {
        assertDies("acknowledged before the commit", Mutants.AcknowledgesTooEarly::new);
    }

    @Test
    void findsOutWhoRetriesOnceTooOften() {
        assertDies("one retry too many", Mutants.RetriesOnceTooOften::new);
    }

    @Test
    void findsOutWhoRetriesOnceTooSeldom() {
        assertDies("one retry too few", Mutants.RetriesOnceTooSeldom::new);
    }

    @Test
    void findsOutWhoStopsAtTheLimit() {
        assertDies("a limit that is reached stops the job", Mutants.StopsAtTheLimit::new);
    }

    @Test
    void findsOutWhoGoesBackToAnEarlierStatus() {
        assertDies("a late stage takes the job back", FleetMutants.GoesBack::new);
    }

    @Test
    void findsOutWhoTellsTwiceWhatAFleetWaitsFor() {
        assertDies("a wait is told twice", FleetMutants.TellsTwice::new);
    }

    private static void assertDies(String bug, Supplier<Mutation> mutant) {
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            try {
                Simulation.run(seed, new SimGateways(), mutant.get());
            } catch (Broken found) {
                String why = String.valueOf(found.getMessage()).lines().findFirst().orElse("");
                System.out.printf("mutant \"%s\" dies: %.110s%n", bug, why);
                return;
            }
        }
        assertThat(bug).as("a mutant that survives %d seeds", SEEDS_MAX).isEmpty();
    }
}
