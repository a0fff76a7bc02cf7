package dev.windrow.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a job says whose instances are lost one after the other. */
final class FleetLossTest {

    private final LoopBench bench = new LoopBench();

    private void lose(int agent) {
        bench.alive.clear();
        bench.gone.add(agent);
        bench.alive.add(agent + 1);
        bench.pass(Duration.ofSeconds(1), 0);
    }

    @Test
    void replacesFiveLossesInARowWithinASecondEachWhenTheirAgentsHadCome() {
        for (int agent = 0; agent < 5; agent++) {
            bench.attach(agent, 0);
            bench.alive.clear();
            bench.gone.add(agent);
            bench.said.clear();
            bench.pass(Duration.ofSeconds(1), 0);
            assertThat(bench.said).as("loss %d", agent).contains("scale to 1, true");
            bench.alive.add(agent + 1);
        }
    }

    private String message() {
        return bench.loop.progress().reason().orElseThrow().message();
    }

    @Test
    void namesWhatWasSaidOfTheLastInstance() {
        for (int agent = 0; agent < 10; agent++) {
            bench.attach(agent, 0);
            String text = "agent of instance %d was killed by signal 9\nmore".formatted(agent);
            bench.hear(new FleetEvent.AgentNoted(agent, "agent_lost", text));
            bench.hear(new FleetEvent.AgentNoted(agent, "worker_lost", "process000 died"));
            lose(agent);
        }
        bench.pass(Duration.ofSeconds(60), 0);

        assertThat(bench.reason()).isEqualTo("FLEET_LOST");
        assertThat(message())
                .isEqualTo(
                        "fleet: 10 instances lost in a row (expected: one that stays); the last:"
                                + " agent of instance 9 was killed by signal 9");
    }

    private List<String> noted() {
        return bench.entries.stream()
                .flatMap(entry -> entry instanceof EventNoted note ? Stream.of(note.text()) : null)
                .toList();
    }

    @Test
    void keepsWhatIsSaidOfTheEndOfAnAgentAfterItsLossWasSeen() {
        bench.attach(0, 0);
        lose(0);
        bench.hear(new FleetEvent.AgentNoted(0, "agent_lost", "was killed by signal 9"));
        bench.hear(new FleetEvent.AgentNoted(0, "worker_lost", "process000 died"));
        bench.hear(new FleetEvent.AgentNoted(7, "agent_lost", "was never here"));

        assertThat(noted()).containsExactly("instance 0 is gone", "was killed by signal 9");
    }

    private long told(String what) {
        return bench.said.stream().filter(what::equals).count();
    }

    @Test
    void tellsItsComputeOfALiveInstanceWhoseAgentDoesNotComeBack() {
        bench.attach(0, 0);
        bench.hear(new FleetEvent.AgentDetached(0));
        bench.pass(Duration.ofSeconds(20), 0);

        assertThat(told("unheard [0]")).isOne();
    }

    @Test
    void tellsItsComputeWhoStaysSilentWhileOthersAreHeardAndWhenThatIsOver() {
        bench.alive.add(1);
        bench.attach(0, 0);
        bench.attach(1, 0);
        bench.pass(Duration.ofSeconds(80), 0, 0);
        assertThat(told("unheard [1]")).isZero();
        bench.pass(Duration.ofSeconds(2), 0, 0);
        assertThat(told("unheard [1]")).isOne();

        bench.pass(Duration.ofSeconds(2), 0, 0, 1);
        assertThat(told("unheard []")).isOne();
    }

    @Test
    void endsWithoutWaitingForAnAgentThatIsSilent() {
        bench.alive.add(1);
        bench.attach(0, 1);
        bench.attach(1, 0);
        bench.planOne();
        bench.time.advance(Duration.ofSeconds(61));
        bench.endOne();
        bench.hear(new FleetEvent.WorkersEnded(0));
        bench.pass(Duration.ofSeconds(1), 0, 0);

        assertThat(bench.said).contains("publish to 0");
    }

    @Test
    void doesNotWaitForInstancesThatNoEarlierEngineHadWhenItIsCanceled() {
        bench.hear(new FleetEvent.CancelAsked("enough"));
        bench.pass(Duration.ofSeconds(1), 0);

        assertThat(bench.status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void waitsForInstancesOfAnEarlierEngineWhenItIsCanceled() {
        bench.restart();
        bench.hear(new FleetEvent.CancelAsked("enough"));
        bench.pass(Duration.ofSeconds(14), 0);
        assertThat(bench.status()).isEqualTo(JobStatus.CANCEL_REQUESTED);

        bench.pass(Duration.ofSeconds(3), 0);
        assertThat(bench.status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void doubtsNobodyWhenItHearsNobody() {
        bench.alive.add(1);
        bench.attach(0, 0);
        bench.attach(1, 0);
        bench.pass(Duration.ofMinutes(5), 0);
        bench.pass(Duration.ofSeconds(10), 0, 0);
        bench.pass(Duration.ofSeconds(30), 0, 0, 1);

        assertThat(bench.said).noneMatch(one -> one.startsWith("unheard"));
    }

    @Test
    void takesWhatIsSaidForAnAgentForNoSignOfItsLife() {
        bench.alive.add(1);
        bench.attach(0, 0);
        bench.attach(1, 0);
        bench.pass(Duration.ofSeconds(50), 0, 0);
        bench.hear(new FleetEvent.AgentNoted(1, "agent_lost", "its machine is not heard of"));
        bench.pass(Duration.ofSeconds(32), 0, 0);

        assertThat(told("unheard [1]")).isOne();
    }

    @Test
    void namesHowALossWasSeenWhenNothingWasSaid() {
        bench.attach(0, 0);
        bench.hear(new FleetEvent.AgentNoted(0, "agent_failed", "out of memory"));
        for (int agent = 0; agent < 10; agent++) {
            lose(agent);
        }
        bench.pass(Duration.ofSeconds(60), 0);

        assertThat(message()).endsWith("; the last: instance 9 is gone");
    }
}
