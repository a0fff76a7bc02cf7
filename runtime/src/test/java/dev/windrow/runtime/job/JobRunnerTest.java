package dev.windrow.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobPolicy;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.tally.Thresholds;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.Protocol;
import dev.windrow.protocol.Token;
import dev.windrow.runtime.compute.EngineDoor.Connection;
import dev.windrow.runtime.gateway.EngineSink;
import dev.windrow.store.SqliteJobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobRunnerTest {

    private static final JobPolicy POLICY =
            new JobPolicy(
                    new Thresholds(-1, -1, 100),
                    2,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10),
                    1,
                    1,
                    false);

    @TempDir Path folder;

    @Test
    void aRunEndsWhenAThreadThatItNeedsIsGoneAndTheJobCanGoOn() {
        try (JobStore store = SqliteJobStore.open(folder.resolve("ledger.db"))) {
            store.submit(JobRow.submitted("job", "{}", "digest", Instant.EPOCH));
            JobRunner runner =
                    new JobRunner(store, "job", POLICY, LoopListener.NONE, InstantSource.system());
            AtomicBoolean released = new AtomicBoolean();
            Throwable cause = new IllegalStateException("a bug");
            assertThatThrownBy(
                            () -> runner.run(_ -> new Silent(released, () -> runner.fail(cause))))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("a thread ended: ")
                    .hasCause(cause)
                    .extracting(e -> ((EngineException) e).code())
                    .isEqualTo(ErrorCode.INTERNAL);
            assertThat(released).isTrue();
            assertThat(store.find("job").orElseThrow().status().terminal()).isFalse();
            JobRunner again =
                    new JobRunner(store, "job", POLICY, LoopListener.NONE, InstantSource.system());
            again.cancel("somebody");
            assertThat(again.run(_ -> new Silent(released, () -> {})).status())
                    .isEqualTo(JobStatus.CANCELED);
        }
    }

    @Test
    void anAgentThatIsBackIsGivenWorkThoughItsFormerConnectionClosesLate() throws Exception {
        try (JobStore store = SqliteJobStore.open(folder.resolve("ledger.db"))) {
            store.submit(JobRow.submitted("job", "{}", "digest", Instant.EPOCH));
            JobRunner runner =
                    new JobRunner(store, "job", POLICY, LoopListener.NONE, InstantSource.system());
            CompletableFuture<EngineMessage.LeaseGrant> leased = new CompletableFuture<>();
            CompletableFuture<EngineMessage.MakePlan> order = new CompletableFuture<>();
            Thread agent =
                    Thread.ofPlatform()
                            .daemon()
                            .unstarted(() -> {
                                Connection first = runner.connect(0, _ -> {});
                                first.send(HELLO);
                                Connection second = runner.connect(0, sink(order, leased));
                                second.send(HELLO);
                                first.close();
                                Token token = order.join().token();
                                byte[] none = new byte[0];
                                second.send(
                                        new AgentMessage.PlanChunk(
                                                token, 0, 0, new int[] {1}, none, none));
                                second.send(new AgentMessage.Want(1));
                                leased.join();
                                runner.cancel("the test");
                                second.send(new AgentMessage.WorkersEnded());
                            });
            JobProgress end =
                    runner.run(_ -> new Silent(new AtomicBoolean(), () -> startOnce(agent)));
            assertThat(leased).isCompleted();
            assertThat(end.status()).isEqualTo(JobStatus.CANCELED);
        }
    }

    /** More than may wait at one time, so that the agent has to wait in between. */
    @Test
    void largeChunksGoThroughHoweverManyTheyAre() throws Exception {
        try (JobStore store = SqliteJobStore.open(folder.resolve("ledger.db"))) {
            store.submit(JobRow.submitted("job", "{}", "digest", Instant.EPOCH));
            JobRunner runner =
                    new JobRunner(store, "job", POLICY, LoopListener.NONE, InstantSource.system());
            CompletableFuture<EngineMessage.MakePlan> order = new CompletableFuture<>();
            CountDownLatch stored = new CountDownLatch(12);
            EngineSink sink =
                    message -> {
                        switch (message) {
                            case EngineMessage.MakePlan plan -> order.complete(plan);
                            case EngineMessage.ChunkStored _ -> stored.countDown();
                            case EngineMessage _ -> {}
                        }
                    };
            Thread agent =
                    Thread.ofPlatform()
                            .daemon()
                            .unstarted(() -> {
                                Connection link = runner.connect(0, sink);
                                link.send(HELLO);
                                Token token = order.join().token();
                                byte[] payload = new byte[8 << 20];
                                for (int i = 0; i < 12; i++) {
                                    link.send(
                                            new AgentMessage.PlanChunk(
                                                    token,
                                                    i,
                                                    i,
                                                    new int[] {1},
                                                    payload,
                                                    new byte[] {1}));
                                }
                                runner.cancel("the test");
                                link.send(new AgentMessage.WorkersEnded());
                            });
            JobProgress end =
                    runner.run(_ -> new Silent(new AtomicBoolean(), () -> startOnce(agent)));
            assertThat(stored.getCount()).isZero();
            assertThat(end.status()).isEqualTo(JobStatus.CANCELED);
        }
    }

    private static final AgentMessage HELLO =
            new AgentMessage.Hello(
                    Protocol.VERSION, 0, new Holdings(List.of(), Token.NONE, Token.NONE, 0));

    private static void startOnce(Thread thread) {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    private static EngineSink sink(
            CompletableFuture<EngineMessage.MakePlan> order,
            CompletableFuture<EngineMessage.LeaseGrant> leased) {
        return message -> {
            switch (message) {
                case EngineMessage.MakePlan plan -> order.complete(plan);
                case EngineMessage.LeaseGrant grant -> leased.complete(grant);
                case EngineMessage _ -> {}
            }
        };
    }

    /** Instances that never say a word. */
    private record Silent(AtomicBoolean released, Runnable scaled) implements Compute {

        @Override
        public void scaleTo(String fleet, ComputeRequest request) {
            scaled.run();
        }

        @Override
        public FleetSnapshot observe(String fleet) {
            return new FleetSnapshot(Set.of(), Set.of());
        }

        @Override
        public void release(String fleet) {
            released.set(true);
        }
    }
}
