package dev.windrow.engine.schedule;

import java.util.Arrays;

/** What the loop remembers of the plan: which chunk an index lies in, and how many items it has. */
final class PlannedChunks {

    private final int most;
    private int[] firsts = new int[16];
    private int[] items = new int[1024];
    private int chunks;
    private int miniBatches;

    /**
     * @param most mini-batches it may hold
     */
    PlannedChunks(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** Whether so many mini-batches more are too many. */
    boolean overfull(int more) {
        return more > most - miniBatches;
    }

    int chunks() {
        return chunks;
    }

    int miniBatches() {
        return miniBatches;
    }

    /** Appends the next chunk and returns how many items it holds. */
    long add(int[] itemCounts) {
        if (chunks == firsts.length) {
            firsts = Arrays.copyOf(firsts, chunks * 2);
        }
        firsts[chunks++] = miniBatches;
        int needed = miniBatches + itemCounts.length;
        if (needed > items.length) {
            items = Arrays.copyOf(items, Math.max(needed, items.length * 2));
        }
        System.arraycopy(itemCounts, 0, items, miniBatches, itemCounts.length);
        miniBatches = needed;
        long sum = 0;
        for (int count : itemCounts) {
            sum += count;
        }
        return sum;
    }

    int itemsOf(int index) {
        return items[index];
    }

    int chunkOf(int index) {
        int found = Arrays.binarySearch(firsts, 0, chunks, index);
        return found >= 0 ? found : -found - 2;
    }

    /** Index after the last mini-batch of the chunk. */
    int endOf(int chunk) {
        return chunk + 1 < chunks ? firsts[chunk + 1] : miniBatches;
    }
}
