package dev.windrow.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.schedule.Held;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agents that somebody else has started: nobody can tell whether they live but they themselves. */
final class JoinedAgentsTest {

    private static final int OURS = 0;
    private static final int JOINED = 1;

    private final LoopBench bench = new LoopBench();

    /** The one mini-batch that is planned is leased to the agent that has joined. */
    private Held.Span leasedToTheJoined() {
        bench.attach(OURS, 0);
        bench.joined.add(JOINED);
        bench.attach(JOINED, 0);
        bench.hear(new FleetEvent.WorkerReady(JOINED, 0));
        bench.hear(new FleetEvent.WorkWanted(JOINED, 4));
        bench.planOne();
        assertThat(bench.said).contains("lease to 1");
        bench.said.clear();
        return new Held.Span(new LeaseToken(bench.loop.epoch(), 2), 0, 1);
    }

    /** Another engine takes the job over, and our own agent comes back with idle workers. */
    private void restart() {
        bench.restart();
        bench.attach(OURS, 4);
        bench.hear(new FleetEvent.WorkWanted(OURS, 4));
    }

    @Test
    void afterARestartTheirLeasesAreWaitedFor() {
        Held.Span span = leasedToTheJoined();
        restart();

        bench.pass(Duration.ofSeconds(55), 4, OURS);
        assertThat(bench.said).doesNotContain("lease to 0");
        bench.attach(JOINED, 4, span);
        bench.said.clear();
        for (int i = 0; i < 20; i++) {
            bench.pass(Duration.ofSeconds(10), 4, OURS);
            bench.hear(new FleetEvent.AgentHeard(JOINED, held(span)));
        }

        assertThat(bench.said).doesNotContain("lease to 0", "drop to 1", "lease to 1");
        assertThat(bench.status()).isEqualTo(JobStatus.RUNNING);
    }

    private static Held held(Held.Span span) {
        return new Held(List.of(span), Held.NOTHING.planning(), Held.NOTHING.publishing(), 4);
    }

    @Test
    void theirLeasesAreGivenUpWhenTheyStayAway() {
        leasedToTheJoined();
        restart();

        bench.pass(Duration.ofSeconds(59), 4, OURS);
        assertThat(bench.said).doesNotContain("lease to 0");
        bench.pass(Duration.ofSeconds(3), 4, OURS);

        assertThat(bench.said).containsOnlyOnce("lease to 0");
    }

    @Test
    void oneThatComesTooLateIsToldToDropWhatOthersHold() {
        Held.Span span = leasedToTheJoined();
        restart();
        bench.pass(Duration.ofSeconds(62), 4, OURS);

        bench.attach(JOINED, 4, span);

        assertThat(bench.said).contains("drop to 1");
        assertThat(bench.said).doesNotContain("bye to 1");
    }

    @Test
    void oneThatComesBackWithNothingIsWaitedForNoLonger() {
        leasedToTheJoined();
        restart();

        bench.attach(JOINED, 0);
        bench.pass(Duration.ofSeconds(1), 4, OURS);

        assertThat(bench.said).contains("lease to 0");
    }

    @Test
    void inAnEngineThatGoesOnTheirLeasesAreOthersAfterTheGrace() {
        leasedToTheJoined();
        bench.hear(new FleetEvent.WorkWanted(OURS, 4));
        bench.hear(new FleetEvent.AgentDetached(JOINED));

        bench.pass(Duration.ofSeconds(4), 4, OURS);
        assertThat(bench.said).doesNotContain("lease to 0");
        bench.pass(Duration.ofSeconds(3), 4, OURS);

        assertThat(bench.said).contains("lease to 0");
    }

    @Test
    void thoseThatLeaveAgainNeverEndTheJob() {
        bench.attach(OURS, 0);
        for (int agent = JOINED; agent <= 12; agent++) {
            bench.joined.add(agent);
            bench.attach(agent, 0);
            bench.hear(new FleetEvent.AgentDetached(agent));
            bench.pass(Duration.ofSeconds(7), 0, OURS);
        }

        assertThat(bench.reason()).isEmpty();
        assertThat(bench.said).doesNotContain("scale to 1, true");
    }
}
