package dev.windrow.runtime.host;

import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import dev.windrow.runtime.Assembly;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/** What became of a job's mini-batches, read from its ledger; also while the job runs. */
public final class MiniBatches {

    private static final int PAGE = 2_000;
    private static final int ATTEMPTS_MOST = 1_000;

    private final Assembly assembly;
    private final String job;

    public MiniBatches(Assembly assembly, String job) {
        this.assembly = assembly;
        this.job = job;
    }

    /**
     * One mini-batch.
     *
     * @param items how many it holds
     * @param result empty while it has not ended
     * @param failed its failed and lost attempts
     * @param names of its first items
     */
    public record MiniBatch(
            int index,
            int items,
            Optional<ResultStored> result,
            List<AttemptStored> failed,
            List<String> names) {}

    /** Hears of the items of failed mini-batches. */
    @FunctionalInterface
    public interface FailedItems {
        void item(int miniBatch, String item, String error);
    }

    /** Ended mini-batches from this index on that are wanted, at most so many. */
    public List<ResultStored> page(int from, int most, Predicate<ResultStored> wanted) {
        List<ResultStored> found = new ArrayList<>();
        try (JobStore store = open()) {
            int next = from;
            while (found.size() < most) {
                List<ResultStored> rows = store.results(job, next, PAGE);
                rows.stream().filter(wanted).limit(most - found.size()).forEach(found::add);
                if (rows.size() < PAGE) {
                    break;
                }
                next = rows.getLast().index() + 1;
            }
        }
        return found;
    }

    /**
     * One mini-batch; empty when it is not in the plan so far.
     *
     * @param namesMost how many names of items
     */
    public Optional<MiniBatch> find(int index, int namesMost) {
        try (JobStore store = open()) {
            OneRow row = new OneRow(index);
            store.readOne(job, index, row);
            if (row.chunk < 0) {
                return Optional.empty();
            }
            List<String> names =
                    assembly.names(store.planChunk(job, row.chunk)).of(row.place, namesMost);
            return Optional.of(
                    new MiniBatch(
                            index,
                            row.items,
                            Optional.ofNullable(row.result),
                            List.copyOf(row.attempts),
                            names));
        }
    }

    /** Gives the index that a mini-batch had in the job that this one retries. */
    public Optional<IntUnaryOperator> originalIndexes() {
        return assembly.originalIndexes(job);
    }

    /** Tells the items of failed mini-batches, in the order of their index. */
    public void failedItems(FailedItems hearer) {
        try (JobStore store = open()) {
            Chunks chunks = new Chunks();
            store.read(job, chunks);
            int next = 0;
            List<ResultStored> rows;
            do {
                rows = store.results(job, next, PAGE);
                for (ResultStored row : rows) {
                    if (row.error().isPresent()) {
                        tell(store, chunks, row, hearer);
                    }
                    next = row.index() + 1;
                }
            } while (rows.size() == PAGE);
        }
    }

    private void tell(JobStore store, Chunks chunks, ResultStored row, FailedItems hearer) {
        int chunk = chunks.of(row.index());
        String error = row.error().orElseThrow().text().oneLine();
        assembly.names(store.planChunk(job, chunk))
                .of(row.index() - chunks.firsts.get(chunk), row.items())
                .forEach(name -> hearer.item(row.index(), name, error));
    }

    private JobStore open() {
        return assembly.openStore(assembly.catalog().folder(job));
    }

    /** Finds what the ledger says of one index. */
    private static final class OneRow implements LedgerReader {
        private final int index;
        private int chunk = -1;
        private int place;
        private int items;
        private @org.jspecify.annotations.Nullable ResultStored result;
        private final List<AttemptStored> attempts = new ArrayList<>();

        OneRow(int index) {
            this.index = index;
        }

        @Override
        public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
            chunk = sequence;
            place = index - first;
            items = itemCounts[place];
        }

        @Override
        public void result(ResultStored row) {
            result = row;
        }

        @Override
        public void attempt(AttemptStored row) {
            if (attempts.size() < ATTEMPTS_MOST) {
                attempts.add(row);
            }
        }
    }

    /** Knows which chunk an index is in. */
    private static final class Chunks implements LedgerReader {
        private final List<Integer> firsts = new ArrayList<>();

        @Override
        public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
            firsts.add(first);
        }

        int of(int index) {
            int found = java.util.Collections.binarySearch(firsts, index);
            return found >= 0 ? found : -found - 2;
        }
    }
}
