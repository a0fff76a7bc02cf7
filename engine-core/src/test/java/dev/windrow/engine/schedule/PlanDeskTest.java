package dev.windrow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.minibatch.MiniBatchMachine;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.tally.Tally;
import dev.windrow.engine.tally.Thresholds;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class PlanDeskTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int MOST = 10;

    private final PlannedChunks plan = new PlannedChunks(MOST);
    private final Journal journal = new Journal("job", 5, new MemoryStore().store());
    private final PlanDesk desk =
            new PlanDesk(
                    plan,
                    new LeaseDesk(5, new MiniBatchMachine(2, 10), plan, journal),
                    new Tally(new Thresholds(-1, -1, 100)),
                    journal);
    private final AtomicReference<LeaseToken> token = new AtomicReference<>(LeaseToken.NONE);
    private final AgentPort port =
            (AgentPort)
                    Proxy.newProxyInstance(
                            AgentPort.class.getClassLoader(),
                            new Class<?>[] {AgentPort.class},
                            (_, method, said) -> {
                                if (method.getName().equals("plan")) {
                                    token.set((LeaseToken) said[0]);
                                }
                                return null;
                            });

    private static ChunkPlanned chunk(int sequence, int first, int size) {
        return new ChunkPlanned(sequence, first, new int[size], new byte[0], new byte[] {1});
    }

    private void givenToAPlanner() {
        desk.offer(new AgentSeat(0, port, NOON), NOON);
        journal.commit();
        assertThat(token.get()).isNotEqualTo(LeaseToken.NONE);
    }

    @Test
    void takesAsManyMiniBatchesAsAPlanMayHoldAndNotOneMore() {
        givenToAPlanner();
        assertThat(desk.tooLarge(token.get(), chunk(0, 0, MOST - 1))).isEmpty();
        assertThat(desk.accept(token.get(), chunk(0, 0, MOST - 1), port)).isTrue();
        assertThat(desk.tooLarge(token.get(), chunk(1, MOST - 1, 1))).isEmpty();
        assertThat(desk.tooLarge(token.get(), chunk(1, MOST - 1, 2)))
                .contains(
                        new JobReason(
                                ErrorCode.INPUT_UNREADABLE,
                                "plan: more than 10 mini-batches (expected: at most 10; a larger"
                                        + " mini_batch_size makes fewer)"));
    }

    @Test
    void whatAnAgentSaysThatDoesNotPlanIsNotTooLarge() {
        givenToAPlanner();
        assertThat(desk.tooLarge(LeaseToken.NONE, chunk(0, 0, MOST + 1))).isEmpty();
        assertThat(desk.tooLarge(token.get(), chunk(7, 0, MOST + 1))).isEmpty();
    }
}
