package dev.windrow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a lost instance is replaced, and when a fleet is given up. */
final class FleetPlannerTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Fleet fleet = new Fleet();
    private final FleetKeeper keeper =
            new FleetKeeper(fleet, "job", new ComputeRequest("job", 1, 2));

    /** Notes when it was asked; all its instances are lost. */
    private static final class Fleet implements Compute {
        private final List<Instant> asked = new ArrayList<>();
        private Set<Integer> joined = Set.of();
        private Instant now = START;

        @Override
        public void scaleTo(String fleet, ComputeRequest request) {
            asked.add(now);
        }

        @Override
        public FleetSnapshot observe(String fleet) {
            return new FleetSnapshot(Set.of(0), Set.of(), joined);
        }

        @Override
        public void release(String fleet) {}
    }

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    /** After how many seconds of looking at it the fleet is asked for. */
    private long asksAfter(long lostAt) {
        int before = fleet.asked.size();
        for (long second = lostAt; second < lostAt + 100; second++) {
            fleet.now = at(second);
            keeper.keep(keeper.observe(), true, fleet.now);
            if (fleet.asked.size() > before) {
                return second - lostAt;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", "1, 0", "2, 0", "3, 0", "4, 1", "5, 2", "6, 4", "7, 8", "8, 16", "9, 30", "100, 30"
    })
    void asksEverMoreSlowlyForInstancesThatDoNotStart(int failedStarts, long delay) {
        assertThat(FleetPlanner.asks(2, 1, failedStarts, at(0), at(delay))).isTrue();
        if (delay > 0) {
            assertThat(FleetPlanner.asks(2, 1, failedStarts, at(0), at(delay - 1))).isFalse();
        }
        assertThat(FleetPlanner.asks(2, 2, failedStarts, at(0), at(1_000))).isFalse();
    }

    @Test
    void replacesOneLossAfterTheOtherAtOnceWhenTheAgentsHadCome() {
        for (int agent = 0; agent < 9; agent++) {
            keeper.came(agent);
            keeper.lost(agent, "gone", true, at(agent));
            assertThat(asksAfter(agent)).as("loss %d", agent).isZero();
        }
        assertThat(keeper.givesUp()).isFalse();
    }

    @Test
    void backsOffWhenOneAfterTheOtherDoesNotStart() {
        List<Long> delays = new ArrayList<>();
        for (int agent = 0; agent < 9; agent++) {
            keeper.lost(agent, "gone", false, at(1_000L * agent));
            delays.add(asksAfter(1_000L * agent));
        }
        assertThat(delays).containsExactly(0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 30L);
    }

    @Test
    void doesNotBackOffAnyMoreOnceAnAgentHasCome() {
        for (int agent = 0; agent < 6; agent++) {
            keeper.lost(agent, "gone", false, at(0));
        }
        keeper.came(6);
        keeper.lost(6, "gone", true, at(0));

        assertThat(asksAfter(0)).isZero();
    }

    @Test
    void goesOnBackingOffWhenOneComesThatSomebodyElseHasStarted() {
        for (int agent = 0; agent < 6; agent++) {
            keeper.lost(agent, "gone", false, at(0));
        }
        fleet.joined = Set.of(6);
        keeper.came(6);

        assertThat(asksAfter(0)).isEqualTo(4);
    }

    @Test
    void forgetsAllLossesWhenSomethingEnds() {
        for (int agent = 0; agent < 9; agent++) {
            keeper.lost(agent, "gone", agent % 2 == 0, at(0));
        }
        keeper.progressed();
        keeper.lost(9, "gone", false, at(0));

        assertThat(asksAfter(0)).isZero();
        assertThat(keeper.givesUp()).isFalse();
    }

    @Test
    void givesAFleetUpAtTheTenthLossInARowOfAnyKind() {
        for (int agent = 0; agent < 10; agent++) {
            assertThat(keeper.givesUp()).isFalse();
            keeper.lost(agent, "gone", agent % 2 == 0, at(0));
        }
        assertThat(keeper.givesUp()).isTrue();
    }
}
