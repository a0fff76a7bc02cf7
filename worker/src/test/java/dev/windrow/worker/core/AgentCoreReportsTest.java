package dev.windrow.worker.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How an agent holds leases, reports what became of them, and forgets. */
final class AgentCoreReportsTest {

    private static EngineMessage.Ack ack(int index, Token token) {
        return new EngineMessage.Ack(List.of(new EngineMessage.Settled(index, token)));
    }

    @Test
    void flushesRowsBeforeItReportsThem() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 1);
        bench.done(0, 0, Bench.LONG);

        assertThat(bench.flushed).containsExactly(Set.of("s0"));
        List<AgentMessage> said = bench.said;
        assertThat(said.indexOf(new AgentMessage.Note("test", "flushed")))
                .isLessThan(said.indexOf(bench.said(AgentMessage.Results.class).getFirst()));
    }

    @Test
    void reportsNothingThatItCannotMakeDurable() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 1);
        bench.diskFull = true;

        bench.done(0, 0, Bench.LONG);

        assertThat(bench.reports()).isEmpty();
        assertThat(bench.said(AgentMessage.Broken.class))
                .containsExactly(new AgentMessage.Broken(Trouble.DISK_FULL, "no space"));
        assertThat(bench.said(AgentMessage.Want.class)).last().isEqualTo(new AgentMessage.Want(0));
    }

    @Test
    void saysAResultAgainUntilItIsSettled() {
        Bench bench = new Bench(1);
        bench.ready(0);
        Token token = bench.lease(0, 1);
        bench.done(0, 0, Bench.LONG);
        assertThat(bench.reports()).hasSize(1);

        bench.pass(Duration.ofSeconds(30));
        assertThat(bench.reports()).hasSizeBetween(3, 6);

        bench.tell(ack(0, token));
        int before = bench.reports().size();
        bench.pass(Duration.ofSeconds(60));
        assertThat(bench.reports()).hasSize(before);
    }

    @Test
    void saysEverythingAgainOnANewConnection() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 2);
        bench.done(0, 0, Bench.LONG);

        bench.core.connected(bench.now);
        bench.tell(new EngineMessage.Welcome(1, 2));

        assertThat(bench.reports()).extracting(Report::index).containsExactly(0, 0);
    }

    @Test
    void ignoresASettlementOfAnotherLease() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 1);
        bench.done(0, 0, Bench.LONG);

        bench.tell(ack(0, new Token(1, 99)));
        bench.pass(Duration.ofSeconds(11));

        assertThat(bench.reports()).hasSizeGreaterThan(1);
    }

    @Test
    void namesWhatIsWaitingRunningAndUnsettled() {
        Bench bench = new Bench(1);
        bench.ready(0);
        Token token = bench.lease(0, 4);
        bench.done(0, 0, Bench.LONG);

        bench.core.connected(bench.now);

        List<Span> spans = bench.said(AgentMessage.Hello.class).getLast().holdings().spans();
        assertThat(spans)
                .containsExactlyInAnyOrder(
                        new Span(token, 0, 1), new Span(token, 1, 2), new Span(token, 2, 4));
    }

    @Test
    void givesBackTheLastOfWhatNoWorkerWasSent() {
        Bench bench = new Bench(1);
        bench.ready(0);
        Token token = bench.lease(0, 6);

        bench.tell(new EngineMessage.Recall(2));
        assertThat(bench.said(AgentMessage.Return.class))
                .containsExactly(new AgentMessage.Return(List.of(new Span(token, 4, 6))));

        bench.tell(new EngineMessage.Recall(100));
        assertThat(bench.said(AgentMessage.Return.class))
                .last()
                .isEqualTo(new AgentMessage.Return(List.of(new Span(token, 1, 4))));
        bench.tell(new EngineMessage.Recall(100));
        assertThat(bench.said(AgentMessage.Return.class)).as("0 runs").hasSize(2);
    }

    @Test
    void dropsWhatSomebodyElseHas() {
        Bench bench = new Bench(1);
        bench.ready(0);
        Token token = bench.lease(0, 6);

        bench.tell(new EngineMessage.Drop(List.of(new Span(token, 2, 4))));
        for (int index : List.of(0, 1, 4, 5)) {
            bench.done(0, index, Bench.LONG);
        }

        assertThat(bench.work).extracting(Work::index).containsExactly(0, 1, 4, 5);
    }

    @Test
    void takesARepeatedGrantOnce() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.lease(0, 1);
        bench.done(0, 0, Bench.LONG);
        Token token = bench.work.getFirst().token();

        bench.tell(new EngineMessage.LeaseGrant(List.of(new LeaseRange(token, 0, 0, 1, 0))));

        assertThat(bench.work).hasSize(1);
    }

    @Test
    void asksAgainForAChunkThatDoesNotCome() {
        Bench bench = new Bench(1);
        bench.ready(0);
        bench.tell(
                new EngineMessage.LeaseGrant(List.of(new LeaseRange(new Token(1, 1), 3, 0, 1, 0))));
        assertThat(bench.said(AgentMessage.FetchChunk.class)).hasSize(1);

        bench.pass(Duration.ofSeconds(10));

        assertThat(bench.said(AgentMessage.FetchChunk.class)).hasSize(2);
    }

    @Test
    void saysHelloAgainUntilItIsWelcome() {
        Bench bench = new Bench(1);
        bench.said.clear();
        bench.core.connected(bench.now);
        bench.pass(Duration.ofSeconds(6));
        assertThat(bench.said(AgentMessage.Hello.class)).hasSize(2);

        bench.tell(new EngineMessage.Welcome(1, 1));
        bench.pass(Duration.ofSeconds(60));

        assertThat(bench.said(AgentMessage.Hello.class)).hasSize(2);
        assertThat(bench.said(AgentMessage.Heartbeat.class)).hasSizeBetween(5, 7);
    }
}
