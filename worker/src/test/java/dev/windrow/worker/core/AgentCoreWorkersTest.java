package dev.windrow.worker.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Cause;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.Report;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How an agent starts, feeds, times and ends its workers. */
final class AgentCoreWorkersTest {

    @Test
    void startsItsWorkersBeforeAnythingIsLeased() {
        Bench bench = new Bench(2);

        assertThat(bench.calls).containsExactly("start 0 in 0", "start 1 in 1");
        assertThat(bench.said).first().isInstanceOf(AgentMessage.Hello.class);
    }

    @Test
    void sendsOneAtATimeUntilMeanRunsAreShort() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 100);
        assertThat(bench.work).hasSize(1);

        for (int index = 0; index < 4; index++) {
            bench.done(0, index, Bench.SHORT);
        }
        assertThat(bench.work).as("depth 2").hasSize(6);

        for (int index = 4; index < 20; index++) {
            bench.done(0, index, Bench.SHORT);
        }
        assertThat(bench.work).as("depth 32, and no more").hasSize(52);
    }

    @Test
    void fallsBackToOneAtTheFirstLongRun() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 100);
        for (int index = 0; index < 8; index++) {
            bench.done(0, index, Bench.SHORT);
        }
        int sent = bench.work.size();
        assertThat(sent).isEqualTo(12);

        for (int index = 8; index < 12; index++) {
            bench.done(0, index, Bench.LONG);
        }

        assertThat(bench.work).as("one after the last answer").hasSize(13);
    }

    @Test
    void wantsTwiceWhatItsWorkersTake() {
        Bench bench = new Bench(2);
        bench.ready(0);
        assertThat(bench.said(AgentMessage.Want.class)).last().isEqualTo(new AgentMessage.Want(2));

        bench.ready(1);
        assertThat(bench.said(AgentMessage.Want.class)).last().isEqualTo(new AgentMessage.Want(4));
    }

    @Test
    void chargesOnlyTheFirstUnansweredWhenAWorkerDies() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 100);
        for (int index = 0; index < 4; index++) {
            bench.done(0, index, Bench.SHORT);
        }
        bench.calls.clear();

        bench.exited(0);

        assertThat(bench.reports())
                .filteredOn(report -> report.index() >= 4)
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Broke.class,
                        broke -> {
                            assertThat(broke.index()).isEqualTo(4);
                            assertThat(broke.cause()).isEqualTo(Cause.WORKER_DIED);
                        });
        bench.ready(1);
        assertThat(bench.takeCalls("send")).containsExactly("send 5 to 1");
    }

    @Test
    void givesTheNextNumberAndTheFreedSlotToTheReplacement() {
        Bench bench = new Bench(2);
        bench.ready(0, 1);
        bench.calls.clear();

        bench.exited(0);
        bench.exited(1);

        assertThat(bench.takeCalls("start")).containsExactly("start 2 in 0", "start 3 in 1");
    }

    @Test
    void killsWhatRunsLongerThanItsLimitAndReportsATimeout() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 2);
        bench.pass(Duration.ofSeconds(90));
        assertThat(bench.takeCalls("kill")).isEmpty();

        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.takeCalls("kill")).containsExactly("kill 0 with stacks");

        bench.exited(0);
        assertThat(bench.reports())
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Broke.class,
                        broke -> assertThat(broke.cause()).isEqualTo(Cause.TIMEOUT));
    }

    @Test
    void startsTheClockWhenThePreviousAnswerCame() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 3);
        bench.pass(Duration.ofSeconds(60));
        bench.done(0, 0, Bench.LONG);
        bench.calls.clear();

        bench.pass(Duration.ofSeconds(60));

        assertThat(bench.takeCalls("kill")).isEmpty();
    }

    @Test
    void goesOnWithTheSameWorkerAfterAnException() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 2);
        bench.calls.clear();

        bench.failed(0, 0);

        assertThat(bench.calls).containsExactly("send 1 to 0");
    }

    @Test
    void stopsStartingWorkersAfterThreeFailuresForEach() {
        Bench bench = new Bench(2);
        for (int worker = 0; worker < 6; worker++) {
            bench.hear(new WorkerEvent.InitFailed(worker, Bench.PROBLEM));
            bench.exited(worker);
        }

        assertThat(bench.takeCalls("start")).hasSize(6);
        assertThat(bench.said(AgentMessage.InitFailed.class)).hasSize(6);

        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.takeCalls("start")).isEmpty();
    }

    @Test
    void countsADeathInInitAsAFailureOfInit() {
        Bench bench = new Bench(1);

        bench.exited(0);

        assertThat(bench.said(AgentMessage.InitFailed.class)).hasSize(1);
        assertThat(bench.reports()).isEmpty();
    }

    @Test
    void letsIdleWorkersShutDownAndSaysSoOnce() {
        Bench bench = new Bench(2);
        bench.ready(0, 1);

        bench.tell(new EngineMessage.EndWorkers(false));
        assertThat(bench.takeCalls("shutdown")).containsExactly("shutdown 0", "shutdown 1");
        bench.exited(0);
        assertThat(bench.said(AgentMessage.WorkersEnded.class)).isEmpty();
        bench.exited(1);

        assertThat(bench.said(AgentMessage.WorkersEnded.class)).hasSize(1);
        assertThat(bench.takeCalls("start")).as("no replacement").isEmpty();
        bench.tell(new EngineMessage.EndWorkers(false));
        assertThat(bench.said(AgentMessage.WorkersEnded.class)).as("answered again").hasSize(2);
    }

    @Test
    void killsAWorkerWhoseShutdownDoesNotEnd() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.tell(new EngineMessage.EndWorkers(false));

        bench.pass(Duration.ofSeconds(30));
        assertThat(bench.takeCalls("kill")).isEmpty();
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.takeCalls("kill")).isNotEmpty();
    }

    @Test
    void killsBusyWorkersAtOnceWhenItIsToAbort() {
        Bench bench = new Bench(3);
        bench.ready(0, 1);
        bench.lease(0, 1);
        bench.calls.clear();

        bench.tell(new EngineMessage.EndWorkers(true));

        assertThat(bench.calls).containsExactly("kill 0", "shutdown 1", "kill 2");
    }

    @Test
    void takesNoLeaseOnceItsWorkersEnd() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.tell(new EngineMessage.EndWorkers(false));

        bench.lease(0, 4);

        assertThat(bench.work).isEmpty();
        assertThat(bench.said(AgentMessage.Want.class)).last().isEqualTo(new AgentMessage.Want(0));
    }

    @Test
    void endsWithItsLastWorkerAfterGoodbye() {
        Bench bench = new Bench(1);
        bench.ready(0);

        bench.tell(new EngineMessage.Bye(true));
        assertThat(bench.core.finished()).isFalse();
        bench.exited(0);

        assertThat(bench.core.finished()).isTrue();
    }
}
