package dev.windrow.worker.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.EngineMessage.Settled;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Token;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an agent ends when its machine is needed. */
final class AgentCoreLeaveTest {

    private static void leave(Bench bench) {
        bench.core.leave(bench.now);
        bench.core.settle(bench.now);
    }

    private static List<Span> returned(Bench bench) {
        return bench.said(AgentMessage.Return.class).stream()
                .flatMap(message -> message.spans().stream())
                .toList();
    }

    @Test
    void givesBackAtOnceWhatNoWorkerWasSent() {
        Bench bench = new Bench(1);
        bench.ready(0);
        Token token = bench.lease(0, 10);

        leave(bench);

        assertThat(returned(bench)).containsExactly(new Span(token, 1, 10));
        assertThat(bench.takeCalls("kill")).containsExactly("kill 0");
        assertThat(bench.said(AgentMessage.Want.class)).last().isEqualTo(new AgentMessage.Want(0));
        assertThat(bench.core.finished()).isFalse();
    }

    @Test
    void whatWasBegunIsLostAndWhatWasSentAheadIsGivenBack() {
        Bench bench = new Bench(1);
        bench.ready(0);
        Token token = bench.lease(0, 6);
        for (int index = 0; index < 4; index++) {
            bench.done(0, index, Bench.SHORT);
        }
        bench.tell(
                new EngineMessage.Ack(
                        List.of(
                                new Settled(0, token),
                                new Settled(1, token),
                                new Settled(2, token),
                                new Settled(3, token))));
        assertThat(bench.work).as("two are with the worker").hasSize(6);

        leave(bench);
        assertThat(returned(bench)).isEmpty();
        bench.exited(0);

        assertThat(returned(bench)).containsExactly(new Span(token, 5, 6));
        assertThat(bench.core.finished()).isTrue();
    }

    @Test
    void waitsForItsLastAnswersToBeSettledAndNotForEver() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 1);
        leave(bench);
        bench.done(0, 0, Bench.LONG);
        bench.exited(0);
        assertThat(bench.reports()).hasSize(1);
        assertThat(bench.core.finished()).isFalse();

        bench.pass(Duration.ofSeconds(4));
        assertThat(bench.core.finished()).isTrue();
    }

    @Test
    void endsAsSoonAsAllIsSettled() {
        Bench bench = new Bench(1);
        bench.ready(0);
        Token token = bench.lease(0, 1);
        leave(bench);
        bench.done(0, 0, Bench.LONG);
        bench.exited(0);
        bench.tell(new EngineMessage.Ack(List.of(new Settled(0, token))));

        assertThat(bench.core.finished()).isTrue();
    }

    @Test
    void hearsThatAJobHasCompletedWhichIsBeingConcluded() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.tell(new EngineMessage.EndWorkers(false));
        bench.exited(0);
        leave(bench);
        assertThat(bench.core.finished()).isFalse();

        bench.tell(new EngineMessage.Bye(true));
        assertThat(bench.core.finished()).isTrue();
        assertThat(bench.core.jobCompleted()).isTrue();
    }

    @Test
    void waitsForAGoodbyeNotForEverAndNotOfAJobThatIsBrokenOff() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.tell(new EngineMessage.EndWorkers(false));
        bench.exited(0);
        leave(bench);
        bench.pass(Duration.ofSeconds(4));
        assertThat(bench.core.finished()).isTrue();

        Bench other = new Bench(1);
        other.ready(0);
        other.tell(new EngineMessage.EndWorkers(true));
        other.exited(0);
        leave(other);
        assertThat(other.core.finished()).isTrue();
    }

    @Test
    void givesBackWhatComesTooLate() {
        Bench bench = new Bench(1);
        bench.ready(0);
        leave(bench);

        Token token = bench.lease(3, 5);

        assertThat(returned(bench)).containsExactly(new Span(token, 3, 5));
        assertThat(bench.work).isEmpty();
    }
}
