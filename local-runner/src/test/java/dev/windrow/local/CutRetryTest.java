package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.engine.store.LedgerReader;
import dev.windrow.engine.store.RowRange;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.runtime.RetryOrder;
import dev.windrow.runtime.compute.Clusters;
import dev.windrow.runtime.content.ContentLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A retry that is killed while it is made, between any two of the steps that make it. */
final class CutRetryTest {

    private static final int FILES = 12;
    private static final String OLD = "old";
    private static final String AGAIN = "again";
    private static final RetryOrder ORDER = order(false);

    /** Fails on every other mini-batch of two files, unless it is told not to. */
    private static final String SCRIPT =
            """
            import os

            def run(mini_batch):
                name = os.path.basename(mini_batch[0])
                if int(name[4:9]) % 4 == 2 and not os.path.exists(MENDED):
                    raise ValueError("not yet")
                return [f"{os.path.basename(f)} {open(f).read()}" for f in mini_batch]
            """;

    @TempDir private Path folder;
    private TestJob job;
    private Cuts cuts;

    @BeforeEach
    void makeJob() throws IOException {
        job = TestJob.create(folder, FILES);
        job.script(SCRIPT.replace("MENDED", "'" + folder.resolve("mended") + "'"));
        cuts = new Cuts(folder.resolve("home"));
    }

    private static RetryOrder order(boolean merge) {
        return new RetryOrder(OLD, AGAIN, Optional.empty(), merge);
    }

    private static Assembly assembly(Path home) {
        return new Assembly(home, InstantSource.system());
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path copyOf(Path cut, String what) {
        Path copy = cut.resolveSibling(cut.getFileName() + "-" + what);
        Cuts.copy(cut, copy);
        return copy;
    }

    /** Runs the old job to its end. */
    private void runOld() throws IOException {
        Assembly assembly = assembly(home());
        PreparedRun run = job.prepare(assembly, OLD, 1);
        try (JobSession session = assembly.open(run)) {
            session.conclude(session.run(LoopListener.NONE), Instant.now());
        }
    }

    /**
     * An old job whose plan has three chunks of two mini-batches; the second of each has failed.
     */
    private void fabricateOld() throws IOException {
        byte[] whole = plannedInOneChunk();
        Assembly assembly = assembly(home());
        try (JobSession session = assembly.open(job.prepare(assembly, OLD, 1))) {
            JobStore store = session.store();
            long epoch = store.takeOver(OLD);
            List<LedgerEntry> group = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int[] places = {2 * i, 2 * i + 1};
                byte[] part = new LocalComputeProvider().pick(whole, 2 * i, places);
                byte[] cursor = {(byte) i};
                group.add(new ChunkPlanned(i, 2 * i, new int[] {2, 2}, part, cursor));
                group.add(result(2 * i, Optional.empty()));
                group.add(result(2 * i + 1, Optional.of(failure())));
            }
            group.add(new PlanCompleted());
            group.add(new StatusChanged(JobStatus.FAILED, Optional.empty(), Instant.EPOCH));
            store.append(OLD, epoch, group);
        }
    }

    private byte[] plannedInOneChunk() throws IOException {
        job.run(1);
        try (JobStore store = assembly(home()).openStore(jobFolder(home(), TestJob.NAME))) {
            return store.planChunk(TestJob.NAME, 0);
        }
    }

    private static dev.windrow.runtime.compute.JobFolder jobFolder(Path home, String name) {
        return dev.windrow.runtime.compute.JobFolder.of(home, name);
    }

    private static FailedAttempt failure() {
        return new FailedAttempt(
                FailureCause.EXCEPTION, new ErrorText("ValueError", "not yet", "", ""));
    }

    private static ResultStored result(int index, Optional<FailedAttempt> error) {
        boolean well = error.isEmpty();
        return new ResultStored(
                index,
                well ? ResultOutcome.SUCCEEDED : ResultOutcome.FAILED,
                2,
                well ? 2 : 0,
                RowRange.NONE,
                new AttemptFacts(new LeaseToken(1, index + 1), 0, 0, 1, 1, 1),
                error);
    }

    /** Makes the retry while its home is copied at each step. */
    private Plan makeRetry(RetryOrder order) {
        Assembly watched =
                new Assembly(
                        home(), ContentLimits.DEFAULT, InstantSource.system(), cuts, Clusters.NONE);
        PreparedRun run = watched.prepare(order);
        watched.open(run, order).close();
        cuts.cut("end");
        return Plan.of(home());
    }

    private static Plan retryAgain(Path home, RetryOrder order) {
        Assembly assembly = assembly(home);
        assembly.open(assembly.prepare(order), order).close();
        return Plan.of(home);
    }

    /** All that decides what a retry does. */
    private record Plan(
            List<String> chunks, boolean complete, List<Byte> origins, List<Byte> ranges) {

        static Plan of(Path home) {
            List<String> chunks = new ArrayList<>();
            try (JobStore store = assembly(home).openStore(jobFolder(home, AGAIN))) {
                store.read(
                        AGAIN,
                        new LedgerReader() {
                            @Override
                            public void chunk(int sequence, int first, int[] items, byte[] cursor) {
                                chunks.add(
                                        "%d from %d: %s, %s, then %s"
                                                .formatted(
                                                        sequence,
                                                        first,
                                                        IntStream.of(items).boxed().toList(),
                                                        bytes(store.planChunk(AGAIN, sequence)),
                                                        bytes(cursor)));
                            }
                        });
                boolean complete = store.find(AGAIN).orElseThrow().planComplete();
                Path retry = jobFolder(home, AGAIN).root().resolve("retry");
                return new Plan(
                        chunks,
                        complete,
                        bytes(read(retry.resolve("indexes"))),
                        bytes(read(retry.resolve("ranges"))));
            }
        }

        private static byte[] read(Path file) {
            try {
                return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static List<Byte> bytes(byte[] bytes) {
            List<Byte> list = new ArrayList<>();
            for (byte one : bytes) {
                list.add(one);
            }
            return list;
        }
    }

    /** What a server does that starts again: it takes the job up whole, or not at all. */
    private static void takenUpWholeOrRefused(Path home, Plan whole) {
        try (JobSession session = assembly(home).takeUp(AGAIN)) {
            assertThat(Plan.of(home)).as(home.toString()).isEqualTo(whole);
            assertThat(session.row().name()).isEqualTo(AGAIN);
        } catch (EngineException e) {
            assertThat(e.code()).isIn(ErrorCode.JOB_CONFLICT, ErrorCode.JOB_NOT_FOUND);
        }
    }

    @Test
    void isTakenUpWholeOrRefusedAndGoesOnWhenItIsAskedForAgain() throws IOException {
        fabricateOld();
        Plan whole = makeRetry(ORDER);

        assertThat(whole.chunks()).hasSize(3);
        assertThat(whole.complete()).isTrue();
        assertThat(cuts.copies()).hasSizeGreaterThan(12);
        for (Path cut : cuts.copies()) {
            takenUpWholeOrRefused(cut, whole);
            assertThat(retryAgain(cut, ORDER)).as(cut.toString()).isEqualTo(whole);
            takenUpWholeOrRefused(cut, whole);
        }
    }

    @Test
    void runsWhatItWouldHaveRunUncutAndNothingElse() throws IOException {
        fabricateOld();
        makeRetry(ORDER);
        Files.createFile(folder.resolve("mended"));
        List<Path> planting =
                cuts.copies().stream().filter(cut -> cut.toString().endsWith("append")).toList();
        Path cut = planting.get(planting.size() / 2);

        Assembly assembly = assembly(cut);
        try (JobSession session = assembly.open(assembly.prepare(ORDER), ORDER)) {
            assertThat(session.run(LoopListener.NONE).status()).isEqualTo(JobStatus.COMPLETED);
        }

        StringBuilder rows = new StringBuilder();
        for (int file : new int[] {2, 3, 6, 7, 10, 11}) {
            rows.append("doc-%05d.txt content of %d\n".formatted(file, file));
        }
        assertThat(folder.resolve("out/lines-again.txt")).hasContent(rows.toString());
    }

    @Test
    void anOrdinaryJobOfItsNameTakesNothingOverFromIt() throws IOException {
        fabricateOld();
        makeRetry(ORDER);

        for (Path cut : cuts.copies()) {
            Assembly assembly = assembly(cut);
            try (JobSession session = assembly.open(job.prepare(assembly, AGAIN, 1))) {
                assertThat(Plan.of(cut))
                        .as(cut.toString())
                        .isEqualTo(new Plan(List.of(), false, List.of(), List.of()));
                assertThat(session.row().status()).isEqualTo(JobStatus.STARTING);
            } catch (EngineException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.JOB_CONFLICT);
                continue;
            }
            assembly.takeUp(AGAIN).close();
        }
    }

    @Test
    void theSameJobSubmittedByItselfNeverRunsHalfThePlan() throws IOException {
        fabricateOld();
        Plan whole = makeRetry(ORDER);

        for (Path cut : cuts.copies()) {
            Assembly assembly = assembly(cut);
            try (JobSession session = assembly.open(assembly.prepare(ORDER))) {
                assertThat(session.row().name()).isEqualTo(AGAIN);
                assertThat(Plan.of(cut))
                        .as(cut.toString())
                        .isIn(whole, new Plan(List.of(), false, List.of(), List.of()));
            } catch (EngineException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.JOB_CONFLICT);
            }
        }
    }

    @Test
    void plantsNothingMoreWhenTheOldJobHasRunAgainMeanwhile() throws IOException {
        fabricateOld();
        Plan whole = makeRetry(ORDER);

        for (Path cut : cuts.copies()) {
            try (JobStore store = assembly(cut).openStore(jobFolder(cut, OLD))) {
                long epoch = store.takeOver(OLD);
                store.reopen(OLD, epoch, false, Instant.EPOCH);
                store.append(
                        OLD,
                        epoch,
                        List.of(
                                result(1, Optional.empty()),
                                result(3, Optional.of(failure())),
                                result(5, Optional.of(failure())),
                                new StatusChanged(
                                        JobStatus.FAILED, Optional.empty(), Instant.EPOCH)));
            }
            try {
                Plan now = retryAgain(cut, ORDER);
                if (!now.equals(whole)) {
                    assertThat(now.chunks()).as(cut.toString()).hasSize(2);
                }
            } catch (EngineException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.JOB_CONFLICT);
                assertThatThrownBy(() -> assembly(cut).takeUp(AGAIN))
                        .as(cut.toString())
                        .hasMessageContaining("is being made");
            }
        }
    }

    @Test
    void takesTheOldRowsAlongWholeOrNotAtAll() throws IOException {
        runOld();
        Plan merged = makeRetry(order(true));
        assertThat(merged.ranges()).isNotEmpty();

        for (Path cut : cuts.copies()) {
            boolean made = cut.toString().endsWith("end");
            Path other = copyOf(cut, "unmerged");
            takenUpWholeOrRefused(cut, merged);
            assertThat(retryAgain(cut, order(true))).as(cut.toString()).isEqualTo(merged);
            if (!made && !cut.toString().endsWith("close")) {
                assertThat(retryAgain(other, ORDER).ranges()).as(other.toString()).isEmpty();
            }
        }
    }
}
