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
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.tally.Thresholds;
import dev.windrow.store.SqliteJobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
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
