package dev.windrow.k8s.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodOrder;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.gateway.EngineSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pods of a fleet need a successor, and which are too many. */
final class PodSuccessorsTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final ObjectNames NAMES =
            new ObjectNames(
                    "here",
                    "/workspaces/default/computes/gpu",
                    "/workspaces/default/jobs/nightly",
                    7);
    private static final PodOrder ORDER =
            new PodOrder(
                    "python:3.12",
                    "agent:1",
                    "http://windrow:7480",
                    "windrow-job",
                    new PodOrder.Size(Map.of("cpu", "1"), Map.of()),
                    PodOrder.Where.ANYWHERE,
                    List.of(),
                    Optional.empty(),
                    List.of());

    @TempDir Path folder;
    private final ScriptedPods cluster = new ScriptedPods();
    private final List<String> ended = new ArrayList<>();
    private Instant now = START;
    private PodFleet fleet = fleetOf(Path.of("unset"));

    /** Hears of ends. */
    private final class Door implements EngineDoor {
        @Override
        public Connection connect(int agent, EngineSink sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ended(int agent, String how, boolean byItself) {
            ended.add("%d %s %s".formatted(agent, byItself ? "by itself" : "lost", how));
        }
    }

    @BeforeEach
    void begin() {
        fleet = fleetOf(folder.resolve("next"));
    }

    private PodFleet fleetOf(Path numbers) {
        try {
            return new PodFleet(
                    NAMES, ORDER, cluster, new InstanceNumbers(numbers), new Door(), () -> "token");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void want(int instances) {
        fleet.want(new ComputeRequest("nightly", 1, instances));
        step();
    }

    private void step() {
        fleet.step(now);
    }

    private void later(Duration time) {
        now = now.plus(time);
        step();
    }

    @Test
    void replacesAPodAtOnceWhoseMachineIsNotHeardOfAndLetsItBe() {
        want(2);
        step();
        cluster.away(NAMES, 0, "two");
        step();
        step();

        assertThat(cluster.done).endsWith("create 2").doesNotContain("delete 0");
        assertThat(fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(ended)
                .containsExactly(
                        "0 lost pod %s of instance 0: its machine two is not heard of any more"
                                .formatted(NAMES.pod(0)));
    }

    @Test
    void removesTheYoungestWhenAMachineComesBack() {
        want(2);
        cluster.phase(NAMES, 1, "Running");
        cluster.away(NAMES, 0, "two");
        step();
        cluster.phase(NAMES, 0, "Running");
        step();
        step();

        assertThat(cluster.done).endsWith("create 2", "delete 2");
        assertThat(fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void removesAndReplacesOnceWhoIsNotHeard() {
        want(2);
        cluster.phase(NAMES, 0, "Running");
        cluster.phase(NAMES, 1, "Running");
        step();
        cluster.slowly = true;
        fleet.unheard(Set.of(1));
        step();
        step();
        fleet.unheard(Set.of());
        step();

        assertThat(cluster.done)
                .containsExactly("secret token", "create 0", "create 1", "delete 1", "create 2");
        assertThat(fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void removesTheYoungestWhenFewerAreWanted() {
        want(4);
        for (int number = 0; number < 3; number++) {
            cluster.phase(NAMES, number, "Running");
        }
        want(2);
        step();

        assertThat(cluster.done).endsWith("create 3", "delete 2", "delete 3");
        assertThat(fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void asksForTheEventsOfAFewPodsOnlyHoweverManyWait() {
        want(30);
        step();
        assertThat(cluster.pods).hasSize(30);
        step();
        later(Duration.ofSeconds(6));
        assertThat(cluster.asked).isEqualTo(PodLooks.ASKED_MOST);
    }

    @Test
    void looksAgainBeforeItMakesOrDeletesMoreThanAFewPods() {
        want(50);
        assertThat(cluster.pods).hasSize(PodFleet.AT_ONCE);
        assertThat(fleet.snapshot().alive()).hasSize(PodFleet.AT_ONCE);
        step();
        step();
        assertThat(cluster.pods).hasSize(50);

        want(1);
        assertThat(cluster.pods).hasSize(50 - PodFleet.AT_ONCE);
        step();
        step();
        assertThat(cluster.pods).containsOnlyKeys(NAMES.pod(0));
    }
}
