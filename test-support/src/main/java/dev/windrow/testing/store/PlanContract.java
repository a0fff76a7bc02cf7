package dev.windrow.testing.store;

import static dev.windrow.testing.store.LedgerRows.chunk;
import static dev.windrow.testing.store.LedgerRows.started;
import static dev.windrow.testing.store.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plan: chunks by sequence, without gaps, each stored once. */
interface PlanContract extends StoreUnderTest {

    @Test
    default void givesBackThePlan() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(chunk(0, 0, 3), chunk(1, 3, 1)));
            store.append("nightly", epoch, List.of(chunk(2, 4, 2), new PlanCompleted()));
            assertThat(LedgerContents.of(store, "nightly").chunks())
                    .containsExactly(
                            new LedgerContents.Chunk(0, 0, List.of(1, 2, 3), "after 0"),
                            new LedgerContents.Chunk(1, 3, List.of(1), "after 1"),
                            new LedgerContents.Chunk(2, 4, List.of(1, 2), "after 2"));
            assertThat(store.planChunk("nightly", 1)).asString().isEqualTo("chunk 1");
            assertThat(store.find("nightly").orElseThrow().planComplete()).isTrue();
        }
    }

    @Test
    default void leavesAKnownChunkAsItIs() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(chunk(0, 0, 3), chunk(1, 3, 1)));
            store.append("nightly", epoch, List.of(new PlanCompleted()));
            store.append("nightly", epoch, List.of(chunk(0, 0, 7), chunk(1, 7, 1)));
            assertThat(LedgerContents.of(store, "nightly").chunks())
                    .extracting(c -> c.itemCounts().size())
                    .containsExactly(3, 1);
        }
    }

    @Test
    default void refusesAChunkThatLeavesAGap() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            ErrorCode code = ErrorCode.INTERNAL;
            assertRefused(code, () -> store.append("nightly", epoch, List.of(chunk(1, 0, 1))));
            assertRefused(code, () -> store.append("nightly", epoch, List.of(chunk(-1, 0, 1))));
            assertRefused(code, () -> store.append("nightly", epoch, List.of(chunk(0, 1, 1))));
            assertRefused(code, () -> store.append("nightly", epoch, List.of(chunk(0, 0, 0))));
            store.append("nightly", epoch, List.of(chunk(0, 0, 4)));
            assertRefused(code, () -> store.append("nightly", epoch, List.of(chunk(2, 4, 1))));
            assertRefused(code, () -> store.append("nightly", epoch, List.of(chunk(1, 3, 1))));
            assertRefused(code, () -> store.planChunk("nightly", 1));
            assertRefused(code, () -> store.planChunk("nightly", -1));
        }
    }

    @Test
    default void refusesANewChunkAfterTheLast() {
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(chunk(0, 0, 4), new PlanCompleted()));
            assertRefused(
                    ErrorCode.INTERNAL,
                    () -> store.append("nightly", epoch, List.of(chunk(1, 4, 1))));
        }
    }

    @Test
    default void keepsALargePayload() {
        byte[] payload = new byte[16 << 20];
        new Random(7).nextBytes(payload);
        int[] counts = new int[100_000];
        counts[99_999] = Integer.MAX_VALUE;
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            ChunkPlanned large = new ChunkPlanned(0, 0, counts, payload, new byte[0]);
            store.append("nightly", epoch, List.of(large));
            assertThat(store.planChunk("nightly", 0)).isEqualTo(payload);
            assertThat(LedgerContents.of(store, "nightly").chunks().getFirst().itemCounts())
                    .hasSize(100_000)
                    .endsWith(0, Integer.MAX_VALUE);
            store.delete("nightly");
            assertThat(store.list(1)).isEmpty();
        }
    }
}
