package dev.windrow.k8s.fleet;

import static dev.windrow.k8s.fleet.FleetBench.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.FleetStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PodFleetTest {

    @TempDir Path folder;
    private FleetBench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = new FleetBench(folder.resolve("next"));
    }

    @Test
    void makesTheSecretAndThenThePods() {
        bench.want(2);

        assertThat(bench.cluster.done).containsExactly("secret token", "create 0", "create 1");
        assertThat(bench.fleet.snapshot().alive()).containsExactly(0, 1);
        assertThat(bench.cluster.pods.values())
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getOwnerReferences())
                                .singleElement()
                                .satisfies(owner ->
                                        assertThat(owner.getUid())
                                                .isEqualTo("u-" + NAMES.fleet())));
    }

    @Test
    void doesNothingBeforeItKnowsWhatIsThere() {
        bench.cluster.synced = false;
        bench.want(2);
        assertThat(bench.cluster.done).isEmpty();
        assertThat(bench.fleet.snapshot().waits()).isEqualTo("its cluster is being looked at");
    }

    @Test
    void makesNoPodTwiceWhileItIsNotSeenYet() {
        bench.cluster.shows = false;
        bench.want(2);
        bench.later(Duration.ofSeconds(5));
        assertThat(bench.cluster.done).containsExactly("secret token", "create 0", "create 1");
    }

    @Test
    void replacesAPodThatNobodyEverSaw() {
        bench.cluster.shows = false;
        bench.want(1);
        bench.later(PodFleet.UNSEEN_MAX.plusSeconds(1));

        assertThat(bench.cluster.done).containsExactly("secret token", "create 0", "create 1");
        assertThat(bench.fleet.snapshot().gone()).containsExactly(0);
    }

    @Test
    void replacesALostPodAtOnceUnderANewNumberAndTellsWhy() {
        bench.want(2);
        bench.cluster.exit(NAMES, 0, 137, "");
        bench.step();

        assertThat(bench.cluster.done).endsWith("create 2");
        assertThat(bench.fleet.snapshot().alive()).containsExactly(1, 2);
        assertThat(bench.fleet.snapshot().gone()).containsExactly(0);
        assertThat(bench.ended)
                .containsExactly(
                        "0 lost pod %s of instance 0: its agent was killed"
                                .formatted(NAMES.pod(0)));
    }

    @Test
    void tellsOfAPodThatWouldEndSoEachTime() {
        bench.want(1);
        bench.cluster.exit(NAMES, 0, 1, "first\nno such server\n");
        bench.step();
        bench.step();

        assertThat(bench.ended)
                .containsExactly(
                        "0 by itself pod %s of instance 0: its agent ended with exit status 1: no such server"
                                .formatted(NAMES.pod(0)));
    }

    @Test
    void replacesAPodThatSomebodyHasDeleted() {
        bench.want(1);
        bench.step();
        bench.cluster.pods.clear();
        bench.step();

        assertThat(bench.cluster.done).endsWith("create 1");
        assertThat(bench.fleet.snapshot().gone()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Running", "Pending"})
    void replacesAPodThatIsToldToEndWhileItStillGivesBackItsWork(String phase) {
        bench.want(2);
        bench.step();
        bench.cluster.told(NAMES, 0, phase);
        bench.step();

        assertThat(bench.cluster.done).endsWith("create 2");
        assertThat(bench.fleet.snapshot().alive()).containsExactlyInAnyOrder(0, 1, 2);
        bench.cluster.pods.remove(NAMES.pod(0));
        bench.step();

        assertThat(bench.cluster.done).endsWith("create 2");
        assertThat(bench.fleet.snapshot().alive()).containsExactlyInAnyOrder(1, 2);
        assertThat(bench.fleet.snapshot().gone()).containsExactly(0);
    }

    @Test
    void keepsAFewPodsThatAreOverForTheirLogs() {
        bench.want(1);
        for (int number = 0; number < 6; number++) {
            bench.cluster.exit(NAMES, number, 137, "");
            bench.step();
        }
        bench.step();

        assertThat(bench.cluster.done)
                .contains("delete 0", "delete 1", "delete 2")
                .doesNotContain("delete 3");
    }

    @Test
    void takesOverThePodsOfAnEarlierServerAndUsesNoNumberTwice() throws IOException {
        bench.want(2);
        bench.step();
        bench.cluster.done.clear();
        bench.restart();

        bench.want(2);
        assertThat(bench.cluster.done).isEmpty();
        assertThat(bench.fleet.snapshot().alive()).containsExactly(0, 1);

        bench.cluster.exit(NAMES, 0, 137, "");
        bench.step();
        assertThat(bench.cluster.done).hasSize(2).first().isEqualTo("secret token");
        assertThat(bench.fleet.snapshot().alive()).hasSize(2).contains(1).allMatch(one -> one != 0);
    }

    @Test
    void saysWhyTheClusterRefusesAndTriesAgainEverMoreSlowly() {
        bench.cluster.refuses = "the quota of the namespace is used up: pods";
        bench.want(1);
        assertThat(bench.fleet.snapshot().waits())
                .isEqualTo("the quota of the namespace is used up: pods");
        assertThat(bench.fleet.snapshot().alive()).isEmpty();

        bench.cluster.refuses = "";
        bench.later(Duration.ofMillis(500));
        assertThat(bench.cluster.done).isEmpty();
        bench.later(Duration.ofSeconds(1));
        assertThat(bench.cluster.done).contains("create 0");
        assertThat(bench.fleet.snapshot().waits()).isEqualTo("its pods are being made");
        bench.step();
        assertThat(bench.fleet.snapshot().waits())
                .startsWith("pod " + NAMES.pod(0) + ": waits for a machine");
    }

    @Test
    void asksForEventsOnlyNowAndThen() {
        bench.want(1);
        bench.step();
        io.fabric8.kubernetes.api.model.Event event = new io.fabric8.kubernetes.api.model.Event();
        event.setReason("FailedMount");
        event.setMessage("no such volume");
        bench.cluster.events.add(event);
        bench.step();
        assertThat(bench.fleet.snapshot().waits()).endsWith("waits for a machine");
        bench.later(Duration.ofSeconds(6));
        assertThat(bench.fleet.snapshot().waits())
                .endsWith("a volume of it cannot be mounted: no such volume");
    }

    @Test
    void saysNothingOnceSomethingRuns() {
        bench.want(2);
        assertThat(bench.fleet.snapshot().stage()).isEqualTo(FleetStage.PROVISIONING);
        bench.step();
        assertThat(bench.fleet.snapshot().stage()).isEqualTo(FleetStage.QUEUED);
        bench.cluster.phase(NAMES, 0, "Running");
        bench.step();
        assertThat(bench.fleet.snapshot().waits()).isEmpty();
    }

    @Test
    void isPreparingWhileAgentsMakeAnEnvironment() {
        bench.fleet.prepareFirst();
        bench.want(1);
        bench.step();
        assertThat(bench.fleet.snapshot().stage()).isEqualTo(FleetStage.PREPARING);
        bench.cluster.phase(NAMES, 0, "Running");
        bench.step();

        assertThat(bench.fleet.snapshot().stage()).isEqualTo(FleetStage.PREPARING);
        assertThat(bench.fleet.snapshot().waits())
                .isEqualTo("pod %s makes the environment of the job".formatted(NAMES.pod(0)));
    }

    @Test
    void tellsOfAPodThatRunsAndIsNeverHeardOf() {
        bench.want(1);
        bench.step();
        bench.cluster.phase(NAMES, 0, "Running");
        bench.step();
        bench.later(PodFleet.JOIN_MAX.plusSeconds(1));
        bench.step();

        assertThat(bench.fleet.snapshot().waits())
                .isEqualTo(
                        "pod %s runs, but its agent has not come from there to http://windrow:7480 (kubectl logs tells why; windrow compute attach --server-url gives another address)"
                                .formatted(NAMES.pod(0)));
    }

    @Test
    void renewsTheSecretForPodsThatAreMadeMuchLater() {
        bench.want(1);
        bench.cluster.exit(NAMES, 0, 137, "");
        bench.later(PodFleet.TOKEN_FRESH.plusMinutes(1));
        assertThat(bench.cluster.done)
                .containsExactly("secret token", "create 0", "secret token", "create 1");
    }

    @Test
    void removesEverything() {
        bench.want(2);
        bench.fleet.release();
        assertThat(bench.cluster.done).endsWith("delete fleet");
        bench.step();
        assertThat(bench.cluster.pods).isEmpty();
    }
}
