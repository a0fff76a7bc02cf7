package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.JobProgress.Phases;
import dev.windrow.engine.tally.Counts;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.RegisteredJob;
import dev.windrow.store.register.RegisteredJob.JobTexts;
import dev.windrow.store.register.RegisteredJob.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees of a job of which the register and a run know something each. */
final class JobViewTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static RegisteredJob registered(JobStatus status, Optional<Reason> reason) {
        JobTexts texts =
                new JobTexts(
                        Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of());
        boolean ended = status.terminal();
        return RegisteredJob.submitted(new JobKey("default", "nightly"), texts, "rack", "ada", AT)
                .withStatus(
                        status,
                        reason,
                        Optional.empty(),
                        ended ? Optional.of(AT) : Optional.empty());
    }

    private static Optional<JobProgress> progress(JobStatus status, String waits) {
        Phases none =
                new Phases(
                        AT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        Counts counts = new Counts(false, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return Optional.of(new JobProgress(status, Optional.empty(), waits, counts, 0, 0, 0, none));
    }

    private static JobView view(JobStatus told, JobStatus now, String waits) {
        return new JobView(
                registered(told, Optional.empty()), progress(now, waits), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "STARTING, PROVISIONING, PROVISIONING",
        "STARTING, PREPARING, PREPARING",
        "PROVISIONING, PREPARING, PREPARING",
        "PREPARING, QUEUED, QUEUED",
        "QUEUED, STARTING, QUEUED",
        "QUEUED, PROVISIONING, QUEUED",
        "QUEUED, PREPARING, QUEUED",
        "QUEUED, QUEUED, QUEUED",
        "QUEUED, RUNNING, RUNNING",
        "RUNNING, NOT_RESPONDING, NOT_RESPONDING",
        "QUEUED, CANCEL_REQUESTED, CANCEL_REQUESTED",
        "RUNNING, COMPLETED, RUNNING",
        "COMPLETED, RUNNING, COMPLETED"
    })
    void showsWhatTheRunSaysAndNeverGoesBackToBeforeItWaited(
            JobStatus told, JobStatus now, JobStatus shown) {
        assertThat(view(told, now, "").status()).isEqualTo(shown);
    }

    @Test
    void saysWhyTheFleetDoesNotCome() {
        assertThat(view(JobStatus.STARTING, JobStatus.PROVISIONING, "quota of pods").reason())
                .contains(new Reason("WAITING", "quota of pods", Optional.empty()));
        assertThat(view(JobStatus.STARTING, JobStatus.PROVISIONING, "").reason()).isEmpty();
    }

    @Test
    void saysFirstWhatTheServerItselfWaitsFor() {
        JobView view =
                new JobView(
                        registered(JobStatus.QUEUED, Optional.empty()),
                        progress(JobStatus.STARTING, "quota of pods"),
                        Optional.of("waits for another job"));
        assertThat(view.reason().orElseThrow().message()).isEqualTo("waits for another job");
        assertThat(view.status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void saysOfAJobThatHasEndedOnlyWhyItEnded() {
        Reason why = new Reason("FLEET_LOST", "10 instances", Optional.empty());
        JobView view =
                new JobView(
                        registered(JobStatus.FAILED, Optional.of(why)),
                        progress(JobStatus.RUNNING, "quota of pods"),
                        Optional.empty());
        assertThat(view.reason()).contains(why);
    }
}
