package dev.windrow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.disk.FileMark;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.RowRange;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.RowsToTake;
import dev.windrow.store.SqliteJobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A retry of the mini-batches 1 and 3, whose old rows are those of 0 and 2. */
final class MergedRowsTest {

    private static final String JOB = "whole";
    private static final RowsToTake ELSEWHERE =
            new RowsToTake("azureml://datastores/s/paths/a b\nc.txt", new FileMark(20, 7), true);

    @TempDir private Path home;
    private JobFolder folder;
    private JobStore store;
    private long epoch;

    @BeforeEach
    void makeRetry() throws IOException {
        folder = JobFolder.of(home, JOB);
        new Origins(new int[] {1, 3}, 4).save(folder);
        ByteBuffer ranges = ByteBuffer.allocate(2 * MergedRows.recordBytes());
        MergedRows.put(ranges, 0, new RowRange(RowsToTake.SEGMENT, 0, 10, 0));
        MergedRows.put(ranges, 2, new RowRange(RowsToTake.SEGMENT, 10, 10, 0));
        Files.write(MergedRows.ranges(folder), ranges.array());
        store = SqliteJobStore.open(folder.ledger());
        store.submit(JobRow.submitted(JOB, "{}", "sha256:0", Instant.EPOCH));
        epoch = store.takeOver(JOB);
        store.append(
                JOB,
                epoch,
                List.of(
                        new ChunkPlanned(0, 0, new int[] {1, 1}, new byte[] {1}, new byte[0]),
                        result(0),
                        result(1)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static ResultStored result(int index) {
        return new ResultStored(
                index,
                ResultOutcome.SUCCEEDED,
                1,
                1,
                new RowRange("own", index, 1, 0),
                new AttemptFacts(new LeaseToken(1, index + 1), 0, 0, 1, 1, 1),
                Optional.empty());
    }

    private List<Integer> published() {
        return MergedRows.around(store, folder).results(JOB, 0, 100).stream()
                .map(ResultStored::index)
                .toList();
    }

    @Test
    void oldRowsInItsOwnFolderCountAtOnce() {
        assertThat(published()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void oldRowsThatAPlannerTakesAlongCountOnceItHasEnded() throws IOException {
        OldPlace.save(folder, ELSEWHERE);
        assertThat(published()).containsExactly(1, 3);
        store.append(JOB, epoch, List.of(new PlanCompleted()));
        assertThat(published()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aRetryThatIsMadeAnewForgetsWhereOldRowsWere() throws IOException {
        OldPlace.save(folder, ELSEWHERE);
        assertThat(OldPlace.of(folder)).contains(ELSEWHERE);
        MergedRows.discard(folder);
        assertThat(OldPlace.of(folder)).isEmpty();
        assertThat(MergedRows.around(store, folder)).isSameAs(store);
    }
}
