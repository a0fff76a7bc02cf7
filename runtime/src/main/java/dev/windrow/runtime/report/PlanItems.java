package dev.windrow.runtime.report;

import dev.windrow.runtime.compute.PlanNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the mini-batches of a plan hold: counts of all, names of those of one chunk at a time. To be
 * asked in the order of the plan.
 */
final class PlanItems {

    private final IntFunction<byte[]> payloads;
    private final Function<byte[], PlanNames> reading;
    private final List<int[]> counts = new ArrayList<>();
    private final List<Integer> firsts = new ArrayList<>();
    private int chunk;
    private int read = -1;
    private @Nullable PlanNames names;

    /**
     * @param payloads of chunks, by sequence
     * @param reading makes names of a payload
     */
    PlanItems(IntFunction<byte[]> payloads, Function<byte[], PlanNames> reading) {
        this.payloads = payloads;
        this.reading = reading;
    }

    void add(int first, int[] itemCounts) {
        firsts.add(first);
        counts.add(itemCounts);
    }

    /** Chunks in all. */
    int chunks() {
        return counts.size();
    }

    /** Items of a mini-batch; 0 when it is not in the plan. */
    int itemsOf(int index) {
        return find(index) ? counts.get(chunk)[index - firsts.get(chunk)] : 0;
    }

    /** Names of the first items of a mini-batch; none when the plan cannot be read. */
    List<String> names(int index, int most) {
        if (!find(index)) {
            return List.of();
        }
        if (read != chunk) {
            read = chunk;
            names = load();
        }
        PlanNames known = names;
        return known == null ? List.of() : known.of(index - firsts.get(chunk), most);
    }

    private @Nullable PlanNames load() {
        try {
            return reading.apply(payloads.apply(chunk));
        } catch (RuntimeException e) {
            // A report without names is better than none; the plan's own errors end the job.
            return null;
        }
    }

    private boolean find(int index) {
        if (counts.isEmpty()) {
            return false;
        }
        if (index < firsts.get(chunk)) {
            chunk = 0;
        }
        while (chunk + 1 < counts.size() && index >= firsts.get(chunk + 1)) {
            chunk++;
        }
        return index >= firsts.get(chunk) && index - firsts.get(chunk) < counts.get(chunk).length;
    }
}
