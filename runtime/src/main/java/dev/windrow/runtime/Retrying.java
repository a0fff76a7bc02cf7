package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.LeftOver.Chunk;
import dev.windrow.runtime.RetryException.Kind;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.RowsToTake;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.runtime.job.CodeSnapshot.Source;
import dev.windrow.spec.JobFiles;
import dev.windrow.spec.LoadedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Makes a job of what another has failed to do. Its plan is made of the old one's stored chunks, so
 * that a mini-batch holds the same items; one that was not planned to its end is gone on with.
 */
final class Retrying {

    private final Assembly assembly;
    private final RetryOrder order;
    private final JobFolder old;

    Retrying(Assembly assembly, RetryOrder order) {
        this.assembly = assembly;
        this.order = order;
        this.old = assembly.catalog().folder(order.old());
    }

    PreparedRun prepared() {
        try (JobStore store = assembly.openStore(old)) {
            JobRow row = row(store);
            LeftOver left = left(store, row);
            PreparedRun run = run();
            if (order.merge()) {
                rows(store, row, run, left).check();
            }
            checkSomething(left, row);
            return run;
        } catch (IOException e) {
            throw JobFolders.unusable(old, e);
        }
    }

    private JobRow row(JobStore store) {
        JobRow row = store.find(order.old()).orElseThrow(() -> JobFolders.notFound(order.old()));
        if (!row.status().terminal()) {
            throw new RetryException(
                    Kind.JOB_NOT_ENDED,
                    "job: %s is %s (expected: one that has ended)"
                            .formatted(order.old(), row.status().text()));
        }
        return row;
    }

    private LeftOver left(JobStore store, JobRow row) throws IOException {
        boolean shortOnesToo =
                RunRecord.load(old)
                        .map(record -> record.tolerance().errorThreshold() >= 0)
                        .orElse(false);
        LeftOver left = new LeftOver(shortOnesToo);
        store.read(row.name(), left);
        return left;
    }

    private void checkSomething(LeftOver left, JobRow row) {
        boolean nothingPlanned = !planned(row) && left.planned() == 0;
        if (left.indexes().length == 0 && !nothingPlanned) {
            throw new RetryException(
                    Kind.NOTHING_TO_RETRY,
                    "job: %s: no mini-batch has failed (expected: one with something to try again)"
                            .formatted(order.old()));
        }
    }

    private PreparedRun run() throws IOException {
        ParallelJob before = assembly.catalog().absolute(order.old());
        Optional<RunRecord> record = RunRecord.load(old);
        ParallelJob job = new RetrySpec(order).of(before);
        LoadedJob loaded = LoadedJob.built(job, assembly.home());
        if (order.code().isPresent()) {
            JobFiles.checkCode(loaded);
        }
        PreparedRun run =
                assembly.prepare(
                        new RunRequest(
                                order.name(),
                                loaded,
                                record.flatMap(known -> known.choices().python()),
                                record.map(known -> known.choices().instances())
                                        .orElse(java.util.OptionalInt.empty()),
                                record.map(known -> known.choices().datastores())
                                        .orElse(java.util.Map.of()),
                                record.flatMap(known -> known.choices().cluster()),
                                record.flatMap(known -> known.choices().environment())));
        if (order.code().isPresent()) {
            return run;
        }
        CodeSnapshot.heal(old.code());
        return run.withCode(new Source(old.code(), true));
    }

    /** Also of one that was to take old rows along before it said so. */
    private boolean planned(JobRow row) {
        return row.planComplete() || OldPlace.of(old).filter(RowsToTake::planned).isPresent();
    }

    private OldRows rows(JobStore store, JobRow row, PreparedRun run, LeftOver left) {
        boolean header = run.settings().rowOutput().dataframeHeader();
        return new OldRows(old, row, store, left.mark(), header);
    }

    /** Keeps a job from being taken up by anybody before its plan is there. */
    void begin(JobStore store, JobFolder fresh) {
        try {
            if (store.find(order.name()).isEmpty()) {
                Origins.replace(JobFolders.halfMade(fresh), new byte[0]);
            }
        } catch (IOException e) {
            throw JobFolders.unusable(fresh, e);
        }
    }

    /**
     * Makes way for a job that is no retry: one that was broken off before it was submitted left
     * nothing, one that has half a plan is in the way.
     */
    static void forget(JobStore store, PreparedRun run) {
        try {
            if (store.find(run.name()).isPresent()) {
                JobFolders.refuseHalfMade(run.folder(), run.name());
            } else {
                Files.deleteIfExists(JobFolders.halfMade(run.folder()));
            }
        } catch (IOException e) {
            throw JobFolders.unusable(run.folder(), e);
        }
    }

    /** Gives a job that was just submitted its plan; goes on where it was broken off. */
    void plant(JobStore fresh, PreparedRun run) {
        JobRow planted = fresh.find(run.name()).orElseThrow();
        if (!Files.exists(JobFolders.halfMade(run.folder())) || planted.status().terminal()) {
            return;
        }
        try (JobStore store = assembly.openStore(old)) {
            JobRow row = row(store);
            LeftOver left = left(store, row);
            Optional<Origins> older = Origins.of(old);
            int[] indexes = left.indexes();
            int[] roots = Arrays.stream(indexes).map(i -> root(older, i)).toArray();
            origins(run.folder(), new Origins(roots, root(older, left.planned())));
            MergedRows.discard(run.folder());
            if (order.merge()) {
                BitSet again = new BitSet();
                Arrays.stream(roots).forEach(again::set);
                rows(store, row, run, left).takeInto(run.folder(), planned(row), again::get);
            }
            // Whoever takes old rows along says that the plan is complete.
            boolean complete = planned(row) && OldPlace.of(run.folder()).isEmpty();
            plan(store, fresh, complete, left);
            Files.deleteIfExists(JobFolders.halfMade(run.folder()));
        } catch (IOException e) {
            throw JobFolders.unusable(run.folder(), e);
        }
    }

    /** What was planted before must be of the same mini-batches. */
    private void origins(JobFolder fresh, Origins now) throws IOException {
        Optional<Origins> before = Origins.of(fresh);
        if (before.isEmpty()) {
            now.save(fresh);
        } else if (!before.get().isSame(now)) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "name: %s (expected: another, because %s has run again since a retry of this name was begun)"
                            .formatted(order.name(), order.old()));
        }
    }

    private static int root(Optional<Origins> older, int index) {
        return older.map(known -> known.of(index)).orElse(index);
    }

    private void plan(JobStore store, JobStore fresh, boolean complete, LeftOver left) {
        long epoch = fresh.takeOver(order.name());
        List<Integer> kept = kept(left);
        int first = 0;
        for (int i = 0; i < kept.size(); i++) {
            int sequence = kept.get(i);
            Chunk chunk = left.chunks().get(sequence);
            int[] places = places(left, chunk);
            int[] counts = Arrays.stream(places).map(chunk.itemCounts()::get).toArray();
            byte[] payload = assembly.picked(store.planChunk(order.old(), sequence), first, places);
            boolean last = i == kept.size() - 1;
            // Whoever goes on with an unfinished plan goes on after all that was listed.
            byte[] cursor = last ? left.chunks().getLast().cursor() : chunk.cursor();
            append(fresh, epoch, new ChunkPlanned(i, first, counts, payload, cursor));
            first += counts.length;
        }
        if (complete) {
            append(fresh, epoch, new PlanCompleted());
        }
    }

    /** Sequence numbers of the chunks of which something is left. */
    private static List<Integer> kept(LeftOver left) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < left.chunks().size(); i++) {
            if (places(left, left.chunks().get(i)).length > 0) {
                kept.add(i);
            }
        }
        return kept;
    }

    private static int[] places(LeftOver left, Chunk chunk) {
        return java.util.stream.IntStream.range(0, chunk.itemCounts().size())
                .filter(place -> left.isLeft(chunk.first() + place))
                .toArray();
    }

    private void append(JobStore fresh, long epoch, LedgerEntry entry) {
        fresh.append(order.name(), epoch, List.of(entry));
    }
}
