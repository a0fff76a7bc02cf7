package dev.windrow.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.FleetEvent;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a job loop remembers when the engine dies, and what it must not make of the past. */
final class JobLoopRestartTest {

    private final LoopBench bench = new LoopBench();

    private void working() {
        bench.attach(0, 0);
        bench.hear(new FleetEvent.WorkerReady(0, 0));
        bench.hear(new FleetEvent.WorkWanted(0, 4));
    }

    @Test
    void takesAnAgentThatWantsWorkForReady() {
        working();
        bench.restart();
        bench.attach(0, 4);

        bench.pass(Duration.ofSeconds(400), 4, 0);

        assertThat(bench.loop.progress().workersReady()).isEqualTo(1);
        assertThat(bench.reason()).isEmpty();
    }

    @Test
    void doesNotCountOldLossesAgain() {
        IntStream.range(1, 20).forEach(bench.gone::add);
        bench.restart();
        working();

        bench.pass(Duration.ofSeconds(5), 4, 0);

        assertThat(bench.reason()).isEmpty();
        assertThat(bench.loop.ended()).isFalse();
    }

    @Test
    void endsWithTheReasonThatItWasStoppedFor() {
        working();
        bench.hear(new FleetEvent.InstanceBroke(0, ErrorCode.DISK_FULL, "no space"));
        assertThat(bench.status()).isEqualTo(JobStatus.FINALIZING);

        bench.restart();
        bench.attach(0, 0);
        bench.pass(Duration.ofSeconds(60), 0, 0);

        assertThat(bench.status()).isEqualTo(JobStatus.FAILED);
        assertThat(bench.reason()).isEqualTo("DISK_FULL");
        assertThat(bench.said).contains("endWorkers to 0");
    }

    @Test
    void waitsForTheAgentsOfACanceledJob() {
        working();
        bench.hear(new FleetEvent.CancelAsked("somebody"));
        bench.restart();
        bench.pass(Duration.ofSeconds(3), 0);
        assertThat(bench.status()).isEqualTo(JobStatus.CANCEL_REQUESTED);

        bench.attach(0, 0);
        bench.pass(Duration.ofSeconds(3), 0, 0);

        assertThat(bench.status()).isEqualTo(JobStatus.CANCELED);
        assertThat(bench.loop.progress().reason().orElseThrow().message())
                .isEqualTo("canceled by somebody");
    }

    @Test
    void waitsForAgentsThatItsComputeHasToFindAgain() {
        working();
        bench.hear(new FleetEvent.CancelAsked("somebody"));
        bench.knows = false;
        bench.alive.clear();
        bench.restart();
        bench.pass(Duration.ofSeconds(3), 0);
        assertThat(bench.status()).isEqualTo(JobStatus.CANCEL_REQUESTED);

        bench.knows = true;
        bench.alive.add(0);
        bench.pass(Duration.ofSeconds(3), 0);
        assertThat(bench.status()).isEqualTo(JobStatus.CANCEL_REQUESTED);
        bench.attach(0, 0);
        bench.pass(Duration.ofSeconds(3), 0, 0);

        assertThat(bench.status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void waitsNotForAnAgentThatCameBeforeItsComputeFoundIt() {
        leased();
        bench.knows = false;
        bench.restart();
        bench.attach(0, 4);
        bench.pass(Duration.ofSeconds(3), 4, 0);
        bench.said.clear();
        bench.knows = true;
        bench.pass(Duration.ofSeconds(2), 4, 0);

        assertThat(bench.said).contains("lease to 0");
    }

    @Test
    void leasesNothingAgainBeforeItsComputeKnowsWhoMayHaveIt() {
        leased();
        bench.knows = false;
        bench.alive.clear();
        bench.restart();
        bench.attach(7, 4);
        bench.said.clear();
        bench.pass(Duration.ofSeconds(30), 4, 7);
        assertThat(bench.said).doesNotContain("lease to 7");

        bench.knows = true;
        bench.alive.add(0);
        bench.pass(Duration.ofSeconds(5), 4, 7);
        assertThat(bench.said).doesNotContain("lease to 7");
        bench.alive.clear();
        bench.gone.add(0);
        bench.pass(Duration.ofSeconds(2), 4, 7);
        assertThat(bench.said).contains("lease to 7");
    }

    @Test
    void doesNotCountOldLossesThatItsComputeFindsLate() {
        bench.knows = false;
        bench.restart();
        working();
        IntStream.range(1, 20).forEach(bench.gone::add);
        bench.knows = true;

        bench.pass(Duration.ofSeconds(5), 4, 0);

        assertThat(bench.reason()).isEmpty();
        assertThat(bench.loop.ended()).isFalse();
    }

    @Test
    void endsACanceledJobWhoseAgentsNeverComeBack() {
        working();
        bench.hear(new FleetEvent.CancelAsked("somebody"));
        bench.restart();

        bench.pass(Duration.ofSeconds(20), 0);

        assertThat(bench.status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void releasesTheFleetOfAJobThatEndedJustBefore() {
        working();
        bench.hear(new FleetEvent.CancelAsked("somebody"));
        bench.pass(Duration.ofSeconds(30), 0, 0);
        assertThat(bench.loop.ended()).isTrue();
        bench.released = false;

        bench.restart();
        bench.loop.commit(bench.time.instant());

        assertThat(bench.released).isTrue();
    }

    @Test
    void respondsAgainAfterItDidNotRespondBeforeTheRestart() {
        leased();
        bench.pass(Duration.ofSeconds(70), 0);
        assertThat(bench.status()).isEqualTo(JobStatus.NOT_RESPONDING);

        bench.restart();
        bench.attach(0, 4);

        assertThat(bench.status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void doesNotRespondWhenItsOnlyAgentIsLostForAMinute() {
        leased();
        bench.alive.clear();
        bench.gone.add(0);

        bench.pass(Duration.ofSeconds(59), 0);
        assertThat(bench.status()).isEqualTo(JobStatus.RUNNING);
        bench.pass(Duration.ofSeconds(3), 0);

        assertThat(bench.status()).isEqualTo(JobStatus.NOT_RESPONDING);
    }

    @Test
    void givesUpWhenOnlyInstancesAreLeftThatCannotStartAWorker() {
        leased();
        bench.gone.add(0);
        bench.alive.clear();
        bench.alive.add(1);
        bench.pass(Duration.ofSeconds(2), 0);
        bench.attach(1, 0);
        bench.hear(new FleetEvent.WorkerInitFailed(1, 0, LoopBench.ERROR));

        bench.pass(Duration.ofSeconds(700), 0, 1);

        assertThat(bench.reason()).isEqualTo("NO_PROGRESS");
    }

    @Test
    void aReplacementThatIsThereToPublishStartsNoWorkers() {
        publishing();
        bench.alive.clear();
        bench.gone.add(0);
        bench.said.clear();

        bench.pass(Duration.ofSeconds(1), 0);
        assertThat(bench.said).contains("scale to 1, false").doesNotContain("scale to 1, true");

        bench.alive.add(1);
        bench.attach(1, 0);
        assertThat(bench.said).contains("endWorkers to 1", "publish to 1");
    }

    /** Its only mini-batch has succeeded and its rows are being published by agent 0. */
    private void publishing() {
        leased();
        bench.endOne();
        bench.hear(new FleetEvent.WorkersEnded(0));
        assertThat(bench.said).contains("publish to 0");
    }

    /** One mini-batch is planned and leased to agent 0. */
    private void leased() {
        working();
        bench.planOne();
        assertThat(bench.said).contains("lease to 0");
        assertThat(bench.status()).isEqualTo(JobStatus.RUNNING);
    }
}
