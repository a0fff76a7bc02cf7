package dev.windrow.k8s.fleet;

import static dev.windrow.k8s.fleet.FleetBench.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pods of a fleet need a successor, and which are too many. */
final class PodSuccessorsTest {

    @TempDir Path folder;
    private FleetBench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = new FleetBench(folder.resolve("next"));
    }

    @Test
    void replacesAPodAtOnceWhoseMachineIsNotHeardOfAndLetsItBe() {
        bench.want(2);
        bench.step();
        bench.cluster.away(NAMES, 0, "two");
        bench.step();
        bench.step();

        assertThat(bench.cluster.done).endsWith("create 2").doesNotContain("delete 0");
        assertThat(bench.fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(bench.ended)
                .containsExactly(
                        "0 lost pod %s of instance 0: its machine two is not heard of any more"
                                .formatted(NAMES.pod(0)));
    }

    @Test
    void removesTheYoungestWhenAMachineComesBack() {
        bench.want(2);
        bench.cluster.phase(NAMES, 1, "Running");
        bench.cluster.away(NAMES, 0, "two");
        bench.step();
        bench.cluster.phase(NAMES, 0, "Running");
        bench.step();
        bench.step();

        assertThat(bench.cluster.done).endsWith("create 2", "delete 2");
        assertThat(bench.fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void removesAndReplacesOnceWhoIsNotHeard() {
        bench.want(2);
        bench.cluster.phase(NAMES, 0, "Running");
        bench.cluster.phase(NAMES, 1, "Running");
        bench.step();
        bench.cluster.slowly = true;
        bench.fleet.unheard(Set.of(1));
        bench.step();
        bench.step();
        bench.fleet.unheard(Set.of());
        bench.step();

        assertThat(bench.cluster.done)
                .containsExactly("secret token", "create 0", "create 1", "delete 1", "create 2");
        assertThat(bench.fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void removesTheYoungestWhenFewerAreWanted() {
        bench.want(4);
        for (int number = 0; number < 3; number++) {
            bench.cluster.phase(NAMES, number, "Running");
        }
        bench.want(2);
        bench.step();

        assertThat(bench.cluster.done).endsWith("create 3", "delete 2", "delete 3");
        assertThat(bench.fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void asksForTheEventsOfAFewPodsOnlyHoweverManyWait() {
        bench.want(30);
        bench.step();
        assertThat(bench.cluster.pods).hasSize(30);
        bench.step();
        bench.later(Duration.ofSeconds(6));
        assertThat(bench.cluster.asked).isEqualTo(PodLooks.ASKED_MOST);
    }

    @Test
    void looksAgainBeforeItMakesOrDeletesMoreThanAFewPods() {
        bench.want(50);
        assertThat(bench.cluster.pods).hasSize(PodFleet.AT_ONCE);
        assertThat(bench.fleet.snapshot().alive()).hasSize(PodFleet.AT_ONCE);
        bench.step();
        bench.step();
        assertThat(bench.cluster.pods).hasSize(50);

        bench.want(1);
        assertThat(bench.cluster.pods).hasSize(50 - PodFleet.AT_ONCE);
        bench.step();
        bench.step();
        assertThat(bench.cluster.pods).containsOnlyKeys(NAMES.pod(0));
    }
}
