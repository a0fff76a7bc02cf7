package dev.windrow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.tally.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a job that does not start, or does not get on, is given up. */
final class GuardsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ErrorText ERROR = new ErrorText("ValueError", "no model", "", "e.py:3");
    private static final JobPolicy POLICY =
            new JobPolicy(
                    new Thresholds(-1, -1, 100),
                    2,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(300),
                    Duration.ofSeconds(600),
                    2,
                    2,
                    true);

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    private static Optional<ErrorCode> code(Optional<JobReason> reason) {
        return reason.map(JobReason::code);
    }

    private static StartGuard failing(int failures) {
        StartGuard guard = new StartGuard(POLICY, START);
        guard.agentAttached(at(0));
        for (int i = 0; i < failures; i++) {
            guard.initFailed(ERROR, at(100));
        }
        return guard;
    }

    @Test
    void givesUpAfterTwoMinutesAndTwoFailuresForEachWorker() {
        assertThat(failing(8).check(at(121)).map(JobReason::code)).contains(ErrorCode.INIT_FAILED);
    }

    @Test
    void isPatientForTwoMinutesHoweverOftenInitFails() {
        assertThat(failing(50).check(at(120))).isEmpty();
    }

    @Test
    void isPatientWhileInitHasFailedSeldom() {
        assertThat(failing(7).check(at(121))).isEmpty();
    }

    @Test
    void doesNotGiveUpWhenOneWorkerWasEverReady() {
        StartGuard guard = failing(50);
        guard.ready(at(101));

        assertThat(guard.check(at(10_000))).isEmpty();
    }

    @Test
    void givesUpWhenNobodySaysAnythingForThreeTimeoutsAndAHalfMinute() {
        StartGuard guard = new StartGuard(POLICY, START);
        assertThat(guard.check(at(100_000))).as("no agent came yet").isEmpty();
        guard.agentAttached(at(10));

        assertThat(guard.check(at(220))).isEmpty();
        assertThat(code(guard.check(at(221)))).contains(ErrorCode.INIT_TIMEOUT);
    }

    @Test
    void givesUpWhenFailuresStopComingBeforeTheirNumberIsReached() {
        StartGuard guard = failing(3);

        assertThat(guard.check(at(310))).isEmpty();
        assertThat(code(guard.check(at(311)))).contains(ErrorCode.INIT_FAILED);
    }

    @Test
    void endsAtOnceWhenTheScriptCannotBeLoadedUnlessSomebodyCould() {
        StartGuard guard = new StartGuard(POLICY, START);

        assertThat(code(guard.loadFailed(ERROR, at(1)))).contains(ErrorCode.SCRIPT_LOAD_FAILED);

        guard.ready(at(2));

        assertThat(guard.loadFailed(ERROR, at(3))).isEmpty();
    }

    @Test
    void givesUpWhenPlanningFindsNothingInTime() {
        ProgressGuard guard = new ProgressGuard(POLICY);
        guard.planningBegan(at(0));

        assertThat(guard.check(true, "", at(600))).isEmpty();
        assertThat(code(guard.check(true, "", at(601))))
                .contains(ErrorCode.FIRST_MINI_BATCH_TIMEOUT);

        guard.planned(at(601));

        assertThat(guard.check(true, "", at(602))).isEmpty();
    }

    @Test
    void namesWhatTheFleetWaitsForWhenPlanningFindsNothing() {
        ProgressGuard guard = new ProgressGuard(POLICY);
        guard.planningBegan(at(0));

        assertThat(guard.check(false, "no machine is free", at(601)).map(JobReason::message))
                .contains(
                        "first_task_creation_timeout: 600 s (expected: a first mini-batch by then);"
                                + " the fleet: no machine is free");
    }

    @Test
    void remembersAPlanThatWasBegunBefore() {
        ProgressGuard guard = new ProgressGuard(POLICY);
        guard.plannedBefore();
        guard.planningBegan(at(0));

        assertThat(guard.check(true, "", at(10_000))).isEmpty();
    }

    @Test
    void givesUpWhenNothingEndsThoughAgentsAreThere() {
        ProgressGuard guard = new ProgressGuard(POLICY);
        guard.planned(at(0));
        assertThat(guard.check(true, "", at(5_000))).as("no worker was ready yet").isEmpty();

        guard.workBegan(at(5_000));
        guard.progressed(at(5_010));

        assertThat(guard.check(true, "", at(5_310))).isEmpty();
        assertThat(guard.check(false, "", at(9_000))).as("no agent is there").isEmpty();
        assertThat(code(guard.check(true, "", at(5_311)))).contains(ErrorCode.NO_PROGRESS);
    }

    @Test
    void startsAnewWhenAnAgentComesAfterThereWasNone() {
        ProgressGuard guard = new ProgressGuard(POLICY);
        guard.workBegan(at(0));
        guard.waitedForAgents(at(1_000));

        assertThat(guard.check(true, "", at(1_300))).isEmpty();
        assertThat(code(guard.check(true, "", at(1_301)))).contains(ErrorCode.NO_PROGRESS);
    }
}
