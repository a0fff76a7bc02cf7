package dev.windrow.runtime;

import dev.windrow.disk.FileMark;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads which mini-batches of a job did not succeed, chunk by chunk of its plan, and by what its
 * rows are known.
 */
final class LeftOver implements LedgerReader {

    private final boolean shortOnesToo;
    private final BitSet done = new BitSet();
    private final List<Chunk> chunks = new ArrayList<>();
    private int planned;
    private Optional<FileMark> mark = Optional.empty();

    /** A chunk of the plan. */
    record Chunk(int first, List<Integer> itemCounts, byte[] cursor) {}

    /**
     * @param shortOnesToo whether one that returned too little has failed
     */
    LeftOver(boolean shortOnesToo) {
        this.shortOnesToo = shortOnesToo;
    }

    @Override
    public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
        List<Integer> counts = new ArrayList<>(itemCounts.length);
        for (int count : itemCounts) {
            counts.add(count);
        }
        chunks.add(new Chunk(first, counts, cursor));
        planned = first + itemCounts.length;
    }

    @Override
    public void result(ResultStored row) {
        boolean well =
                row.outcome() == ResultOutcome.SUCCEEDED
                        || (row.outcome() == ResultOutcome.SHORT && !shortOnesToo);
        done.set(row.index(), well);
    }

    @Override
    public void event(EventNoted row) {
        if (row.kind().equals(EventNoted.ROWS_MARK)) {
            mark = FileMark.of(row.text());
        }
    }

    /** What the rows looked like when they were last published. */
    Optional<FileMark> mark() {
        return mark;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    /** Mini-batches in the plan so far. */
    int planned() {
        return planned;
    }

    /** Indexes of those that did not succeed, rising. */
    int[] indexes() {
        BitSet left = new BitSet(planned);
        left.set(0, planned);
        left.andNot(done);
        return left.stream().toArray();
    }

    boolean isLeft(int index) {
        return index < planned && !done.get(index);
    }
}
