package dev.windrow.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.FleetStage;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a job says while its compute makes the fleet. */
final class FleetStagesTest {

    private final LoopBench bench = new LoopBench();

    private JobStatus look(FleetStage stage, String waits) {
        bench.stage = stage;
        bench.waits = waits;
        bench.pass(Duration.ofSeconds(1), 0);
        assertThat(bench.loop.progress().status()).isEqualTo(bench.status());
        return bench.status();
    }

    private String waits() {
        return bench.loop.progress().waits();
    }

    private List<String> notes() {
        return bench.entries.stream()
                .filter(EventNoted.class::isInstance)
                .map(EventNoted.class::cast)
                .filter(note -> note.kind().equals("fleet_waits"))
                .map(EventNoted::text)
                .toList();
    }

    @Test
    void walksAsItsFleetDoes() {
        assertThat(bench.status()).isEqualTo(JobStatus.STARTING);
        assertThat(look(FleetStage.PROVISIONING, "")).isEqualTo(JobStatus.PROVISIONING);
        assertThat(look(FleetStage.PREPARING, "")).isEqualTo(JobStatus.PREPARING);
        assertThat(look(FleetStage.QUEUED, "")).isEqualTo(JobStatus.QUEUED);
        bench.attach(0, 2);
        bench.planOne();
        assertThat(bench.status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void skipsWhatItsFleetSkipsAndNeverGoesBack() {
        assertThat(look(FleetStage.PREPARING, "")).isEqualTo(JobStatus.PREPARING);
        assertThat(look(FleetStage.PROVISIONING, "")).isEqualTo(JobStatus.PREPARING);
        assertThat(look(FleetStage.QUEUED, "")).isEqualTo(JobStatus.QUEUED);
        assertThat(look(FleetStage.PREPARING, "")).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void isQueuedAtOnceWhereNothingHasToBeMade() {
        assertThat(look(FleetStage.QUEUED, "")).isEqualTo(JobStatus.QUEUED);
        assertThat(notes()).isEmpty();
    }

    @Test
    void goesOnWhereItWasAfterARestart() {
        look(FleetStage.PREPARING, "");
        bench.restart();
        assertThat(bench.loop.progress().status()).isEqualTo(JobStatus.PREPARING);
        assertThat(look(FleetStage.PROVISIONING, "")).isEqualTo(JobStatus.PREPARING);
        assertThat(look(FleetStage.QUEUED, "")).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void believesAnAgentThatComesMoreThanItsCompute() {
        look(FleetStage.PROVISIONING, "its pods are being made");
        bench.attach(0, 0);
        assertThat(bench.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(waits()).isEmpty();
        assertThat(look(FleetStage.PROVISIONING, "its pods are being made"))
                .isEqualTo(JobStatus.QUEUED);
        assertThat(waits()).isEmpty();
    }

    @Test
    void saysWhyNobodyIsThereAlsoWhenEverybodyIsLost() {
        look(FleetStage.QUEUED, "no machine has 64 CPUs free");
        assertThat(waits()).isEqualTo("no machine has 64 CPUs free");
        bench.attach(0, 2);
        bench.planOne();
        assertThat(waits()).isEmpty();
        bench.alive.clear();
        bench.gone.add(0);
        assertThat(look(FleetStage.QUEUED, "quota: 4 of 4 pods")).isEqualTo(JobStatus.RUNNING);
        assertThat(waits()).isEqualTo("quota: 4 of 4 pods");
        bench.pass(Duration.ofSeconds(5), 0);
        assertThat(notes()).containsExactly("no machine has 64 CPUs free", "quota: 4 of 4 pods");
    }

    private void canBeNone() {
        bench.trouble =
                Optional.of(new JobReason(ErrorCode.ENVIRONMENT_NOT_MADE, "pip ended with 1"));
        bench.pass(Duration.ofSeconds(20), 0);
    }

    @Test
    void endsWhenItHearsThatThereCanBeNoFleet() {
        look(FleetStage.PREPARING, "its environment is being made");
        canBeNone();
        assertThat(bench.status()).isEqualTo(JobStatus.FAILED);
        assertThat(bench.reason()).isEqualTo("ENVIRONMENT_NOT_MADE");
        assertThat(bench.released).isTrue();
    }

    @Test
    void needsNoMoreOfAFleetWhenAllHasEnded() {
        bench.attach(0, 2);
        bench.planOne();
        bench.endOne();
        canBeNone();
        assertThat(bench.reason()).isEmpty();
    }

    @Test
    void saysNothingMoreOnceItIsCanceled() {
        look(FleetStage.QUEUED, "no machine");
        bench.hear(new FleetEvent.CancelAsked("ada"));
        bench.pass(Duration.ofSeconds(20), 0);
        assertThat(bench.status()).isEqualTo(JobStatus.CANCELED);
        assertThat(waits()).isEmpty();
        assertThat(bench.loop.progress().reason().orElseThrow().message())
                .isEqualTo("canceled by ada");
    }
}
