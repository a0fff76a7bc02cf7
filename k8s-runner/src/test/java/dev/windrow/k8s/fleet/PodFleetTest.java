package dev.windrow.k8s.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.job.FleetStage;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PodFleetTest {

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
    void makesTheSecretAndThenThePods() {
        want(2);

        assertThat(cluster.done).containsExactly("secret token", "create 0", "create 1");
        assertThat(fleet.snapshot().alive()).containsExactly(0, 1);
        assertThat(cluster.pods.values())
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getOwnerReferences())
                                .singleElement()
                                .satisfies(owner ->
                                        assertThat(owner.getUid())
                                                .isEqualTo("u-" + NAMES.fleet())));
    }

    @Test
    void doesNothingBeforeItKnowsWhatIsThere() {
        cluster.synced = false;
        want(2);
        assertThat(cluster.done).isEmpty();
        assertThat(fleet.snapshot().waits()).isEqualTo("its cluster is being looked at");
    }

    @Test
    void makesNoPodTwiceWhileItIsNotSeenYet() {
        cluster.shows = false;
        want(2);
        later(Duration.ofSeconds(5));
        assertThat(cluster.done).containsExactly("secret token", "create 0", "create 1");
    }

    @Test
    void replacesAPodThatNobodyEverSaw() {
        cluster.shows = false;
        want(1);
        later(PodFleet.UNSEEN_MAX.plusSeconds(1));

        assertThat(cluster.done).containsExactly("secret token", "create 0", "create 1");
        assertThat(fleet.snapshot().gone()).containsExactly(0);
    }

    @Test
    void replacesALostPodAtOnceUnderANewNumberAndTellsWhy() {
        want(2);
        cluster.exit(NAMES, 0, 137, "");
        step();

        assertThat(cluster.done).endsWith("create 2");
        assertThat(fleet.snapshot().alive()).containsExactly(1, 2);
        assertThat(fleet.snapshot().gone()).containsExactly(0);
        assertThat(ended)
                .containsExactly(
                        "0 lost pod %s of instance 0: its agent was killed"
                                .formatted(NAMES.pod(0)));
    }

    @Test
    void tellsOfAPodThatWouldEndSoEachTime() {
        want(1);
        cluster.exit(NAMES, 0, 1, "first\nno such server\n");
        step();
        step();

        assertThat(ended)
                .containsExactly(
                        "0 by itself pod %s of instance 0: its agent ended with exit status 1: no such server"
                                .formatted(NAMES.pod(0)));
    }

    @Test
    void replacesAPodThatSomebodyHasDeleted() {
        want(1);
        step();
        cluster.pods.clear();
        step();

        assertThat(cluster.done).endsWith("create 1");
        assertThat(fleet.snapshot().gone()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Running", "Pending"})
    void replacesAPodThatIsToldToEndWhileItStillGivesBackItsWork(String phase) {
        want(2);
        step();
        cluster.told(NAMES, 0, phase);
        step();

        assertThat(cluster.done).endsWith("create 2");
        assertThat(fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1, 2);
        cluster.pods.remove(NAMES.pod(0));
        step();

        assertThat(cluster.done).endsWith("create 2");
        assertThat(fleet.snapshot().alive()).containsExactlyInAnyOrder(1, 2);
        assertThat(fleet.snapshot().gone()).containsExactly(0);
    }

    @Test
    void keepsAFewPodsThatAreOverForTheirLogs() {
        want(1);
        for (int number = 0; number < 6; number++) {
            cluster.exit(NAMES, number, 137, "");
            step();
        }
        step();

        assertThat(cluster.done)
                .contains("delete 0", "delete 1", "delete 2")
                .doesNotContain("delete 3");
    }

    @Test
    void takesOverThePodsOfAnEarlierServerAndUsesNoNumberTwice() {
        want(2);
        step();
        cluster.done.clear();
        fleet = fleetOf(folder.resolve("next"));

        want(2);
        assertThat(cluster.done).isEmpty();
        assertThat(fleet.snapshot().alive()).containsExactly(0, 1);

        cluster.exit(NAMES, 0, 137, "");
        step();
        assertThat(cluster.done).hasSize(2).first().isEqualTo("secret token");
        assertThat(fleet.snapshot().alive()).hasSize(2).contains(1).allMatch(one -> one != 0);
    }

    @Test
    void saysWhyTheClusterRefusesAndTriesAgainEverMoreSlowly() {
        cluster.refuses = "the quota of the namespace is used up: pods";
        want(1);
        assertThat(fleet.snapshot().waits())
                .isEqualTo("the quota of the namespace is used up: pods");
        assertThat(fleet.snapshot().alive()).isEmpty();

        cluster.refuses = "";
        later(Duration.ofMillis(500));
        assertThat(cluster.done).isEmpty();
        later(Duration.ofSeconds(1));
        assertThat(cluster.done).contains("create 0");
        assertThat(fleet.snapshot().waits()).isEqualTo("its pods are being made");
        step();
        assertThat(fleet.snapshot().waits())
                .startsWith("pod " + NAMES.pod(0) + ": waits for a machine");
    }

    @Test
    void asksForEventsOnlyNowAndThen() {
        want(1);
        step();
        io.fabric8.kubernetes.api.model.Event event = new io.fabric8.kubernetes.api.model.Event();
        event.setReason("FailedMount");
        event.setMessage("no such volume");
        cluster.events.add(event);
        step();
        assertThat(fleet.snapshot().waits()).endsWith("waits for a machine");
        later(Duration.ofSeconds(6));
        assertThat(fleet.snapshot().waits())
                .endsWith("a volume of it cannot be mounted: no such volume");
    }

    @Test
    void saysNothingOnceSomethingRuns() {
        want(2);
        assertThat(fleet.snapshot().stage()).isEqualTo(FleetStage.PROVISIONING);
        step();
        assertThat(fleet.snapshot().stage()).isEqualTo(FleetStage.QUEUED);
        cluster.phase(NAMES, 0, "Running");
        step();
        assertThat(fleet.snapshot().waits()).isEmpty();
    }

    @Test
    void isPreparingWhileAgentsMakeAnEnvironment() {
        fleet.prepareFirst();
        want(1);
        step();
        assertThat(fleet.snapshot().stage()).isEqualTo(FleetStage.PREPARING);
        cluster.phase(NAMES, 0, "Running");
        step();

        assertThat(fleet.snapshot().stage()).isEqualTo(FleetStage.PREPARING);
        assertThat(fleet.snapshot().waits())
                .isEqualTo("pod %s makes the environment of the job".formatted(NAMES.pod(0)));
    }

    @Test
    void tellsOfAPodThatRunsAndIsNeverHeardOf() {
        want(1);
        step();
        cluster.phase(NAMES, 0, "Running");
        step();
        later(PodFleet.JOIN_MAX.plusSeconds(1));
        step();

        assertThat(fleet.snapshot().waits())
                .isEqualTo(
                        "pod %s runs, but its agent has not come from there to http://windrow:7480 (kubectl logs tells why; windrow compute attach --server-url gives another address)"
                                .formatted(NAMES.pod(0)));
    }

    @Test
    void renewsTheSecretForPodsThatAreMadeMuchLater() {
        want(1);
        cluster.exit(NAMES, 0, 137, "");
        later(PodFleet.TOKEN_FRESH.plusMinutes(1));
        assertThat(cluster.done)
                .containsExactly("secret token", "create 0", "secret token", "create 1");
    }

    @Test
    void removesEverything() {
        want(2);
        fleet.release();
        assertThat(cluster.done).endsWith("delete fleet");
        step();
        assertThat(cluster.pods).isEmpty();
    }
}
